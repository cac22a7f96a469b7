/* Whether count, total and percentage agree: figures/agreeing.py, where it says why. */
#include "plainly.h"

#define DIGITS 6
#define MOST 1000000000  /* so that no product overflows */

/* Read a percentage of a few digits; 0 where it is any other text. */
static int read_plain_percent(PyObject *text, int comma, long long *digits, long long *unit)
{
    Py_ssize_t length;
    const char *at = PyUnicode_CheckExact(text) ? PyUnicode_AsUTF8AndSize(text, &length) : NULL;
    if (at == NULL) {
        PyErr_Clear();
        return 0;
    }
    const char *start = at, *point = NULL, separator = comma ? ',' : '.';
    *digits = 0;
    *unit = 1;
    for (; *at; at++) {
        if (*at == separator && point == NULL && at > start) {
            point = at;
            continue;
        }
        if (*at < '0' || *at > '9' || at - start > DIGITS) {
            return 0;
        }
        *digits = *digits * 10 + (*at - '0');
        *unit *= point == NULL ? 1 : 10;
    }
    int is_led_by_zero = *start == '0' && at - start > 1 && start[1] != separator;
    return at > start && at - start == length && at[-1] != separator && !is_led_by_zero;
}

int read_count(PyObject *value, long long *count)
{
    int overflow = 1;
    if (PyLong_CheckExact(value)) {
        *count = PyLong_AsLongLongAndOverflow(value, &overflow);
    }
    return !overflow && *count >= 0 && *count <= MOST;
}

int do_agree(PyObject *events, PyObject *total, PyObject *percent, int comma, Figures *figures)
{
    if (!read_count(events, &figures->events) || !read_count(total, &figures->total)) {
        return 0;
    }
    if (figures->events > figures->total || figures->total == 0 ||
        !read_plain_percent(percent, comma, &figures->digits, &figures->unit)) {
        return 0;
    }
    long long gap = 100 * figures->unit * figures->events - figures->digits * figures->total;
    return 2 * (gap < 0 ? -gap : gap) <= figures->total;
}

int find_counts(PyObject *total, PyObject *percent, int comma, long long *least, long long *most)
{
    long long of, digits, unit;
    if (!read_count(total, &of) || of == 0 || !read_plain_percent(percent, comma, &digits, &unit)) {
        return 0;
    }
    long long scale = 200 * unit, last = (2 * digits + 1) * of / scale;
    *least = digits == 0 ? 0 : ((2 * digits - 1) * of + scale - 1) / scale;
    *most = last < of ? last : of;
    return *least <= *most;
}

PyObject *agrees(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    Figures figures;
    if (!takes("agrees", 4, count)) {
        return NULL;
    }
    return PyBool_FromLong(do_agree(arguments[0], arguments[1], arguments[2], arguments[3] == Py_True, &figures));
}
