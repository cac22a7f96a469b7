/* Whether a value holds a text that may still have to be filled in: placeholders.py. */
#include "plainly.h"

/* 1: no text begins as a placeholder does, with a letter behind the sign; 0: one does; -1: an exception is set. Names of fields are no texts. */
static int is_free(PyObject *value)
{
    if (PyUnicode_CheckExact(value)) {
        if (PyUnicode_GetLength(value) < 2 || PyUnicode_ReadChar(value, 0) != '<') {
            return 1;
        }
        Py_UCS4 next = PyUnicode_ReadChar(value, 1);  /* "<0.001" is a figure */
        return !(('a' <= next && next <= 'z') || ('A' <= next && next <= 'Z'));
    }
    int found = 1;
    if (PyDict_CheckExact(value) || PyList_CheckExact(value)) {
        if (Py_EnterRecursiveCall(" in a value")) {
            return -1;
        }
        PyObject *key, *one;
        Py_ssize_t at = 0;
        if (PyDict_CheckExact(value)) {
            while (found == 1 && PyDict_Next(value, &at, &key, &one)) {
                found = is_free(one);
            }
        } else {
            for (Py_ssize_t length = PyList_Size(value); found == 1 && at < length; at++) {
                found = is_free(PyList_GetItem(value, at));
            }
        }
        Py_LeaveRecursiveCall();
    }
    return found;
}

PyObject *holds_no_sign(PyObject *module, PyObject *value)
{
    int found = is_free(value);
    return found < 0 ? NULL : PyBool_FromLong(found);
}
