/* Whether count, total and percentage agree: figures/agreeing.py, where it says why. */
#include "plainly.h"

#define DIGITS 6

/* Read a percentage of a few digits; 0 where it is any other text. */
static int read_plain_percent(PyObject *text, int comma, long long *digits, long long *unit)
{
    Py_ssize_t length;
    const char *at = PyUnicode_CheckExact(text) ? PyUnicode_AsUTF8AndSize(text, &length) : NULL;
    if (at == NULL) {
        PyErr_Clear();
        return 0;
    }
    const char *start = at, *point = NULL;
    *digits = 0;
    *unit = 1;
    for (; *at; at++) {
        if (*at == '.' && point == NULL && at > start && !comma) {
            point = at;
            continue;
        }
        if (*at < '0' || *at > '9' || at - start > DIGITS) {
            return 0;
        }
        *digits = *digits * 10 + (*at - '0');
        *unit *= point == NULL ? 1 : 10;
    }
    int is_led_by_zero = *start == '0' && at - start > 1 && start[1] != '.';
    return at > start && at - start == length && at[-1] != '.' && !is_led_by_zero;
}

PyObject *agrees(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    if (!takes("agrees", 4, count)) {
        return NULL;
    }
    long long digits, unit, numbers[2];
    for (int index = 0; index < 2; index++) {
        int overflow = 1;
        if (PyLong_CheckExact(arguments[index])) {
            numbers[index] = PyLong_AsLongLongAndOverflow(arguments[index], &overflow);
        }
        if (overflow || numbers[index] < 0 || numbers[index] > 1000000000) {
            Py_RETURN_FALSE;
        }
    }
    long long events = numbers[0], total = numbers[1];
    if (events > total || total == 0 || !read_plain_percent(arguments[2], arguments[3] == Py_True, &digits, &unit)) {
        Py_RETURN_FALSE;
    }
    long long gap = 100 * unit * events - digits * total;
    return PyBool_FromLong(2 * (gap < 0 ? -gap : gap) <= total);
}
