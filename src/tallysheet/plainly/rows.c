/* The proportions of a record, laid out as rows and columns: rows.py, where it says what these are. */
#include "plainly.h"

typedef struct {
    PyObject *module;
    PyObject *told;
    PyObject *first;
    PyObject *agreeing;
    int counted;
} Rows;

static PyObject *field(const Rows *rows, PyObject *mapping, int name)
{
    PyObject *found = get(rows->module, mapping, name);
    return found != NULL ? found : Py_None;
}

/* Enter a row as the first of its group and kind, unless there was one. */
static int enter_first(PyObject *first, PyObject *group, PyObject *what, PyObject *row)
{
    PyObject *column = PyDict_GetItemWithError(first, group);
    if (column != NULL) {
        int known = PyDict_Contains(column, what);
        return known ? -(known < 0) : PyDict_SetItem(column, what, row);
    }
    column = PyErr_Occurred() ? NULL : PyDict_New();
    int failed = column == NULL || PyDict_SetItem(column, what, row) < 0 || PyDict_SetItem(first, group, column) < 0;
    Py_XDECREF(column);
    return failed ? -1 : 0;
}

static int enter_row(Rows *rows, PyObject *result, PyObject *proportion, PyObject *events, PyObject *total)
{
    PyObject *group = get(rows->module, result, GROUP);
    PyObject *what = PyTuple_Pack(4, field(rows, result, OUTCOME), field(rows, result, LABEL), field(rows, result, TIME),
                                  field(rows, proportion, BASIS));
    PyObject *row = NULL;
    int failed = -1;
    if (group == NULL) {
        PyErr_SetString(PyExc_KeyError, "group");
    } else if (what != NULL && (row = PyTuple_Pack(5, group, what, total, events, field(rows, proportion, PERCENT))) != NULL) {
        failed = PyList_Append(rows->told, row) < 0 || enter_first(rows->first, group, what, row) < 0 ? -1 : 0;
    }
    Py_XDECREF(what);
    Py_XDECREF(row);
    return failed;
}

static int enter_agreeing(Rows *rows, PyObject *proportion, const Figures *figures)
{
    PyObject *name = PyLong_FromVoidPtr(proportion);
    PyObject *printed = Py_BuildValue("((dL)L)", (double)figures->events / (double)figures->total, figures->unit,
                                      figures->digits);
    int failed = name == NULL || printed == NULL || PyDict_SetItem(rows->agreeing, name, printed) < 0;
    Py_XDECREF(name);
    Py_XDECREF(printed);
    return failed ? -1 : 0;
}

static int enter_result(Rows *rows, PyObject *result, int comma)
{
    PyObject *proportion = PyDict_CheckExact(result) ? get(rows->module, result, PROPORTION) : NULL;
    if (proportion == NULL || !PyDict_CheckExact(proportion)) {
        return 0;
    }
    PyObject *events = field(rows, proportion, EVENTS), *total = field(rows, proportion, TOTAL);
    PyObject *percent = field(rows, proportion, PERCENT);
    Figures figures;
    int agreed = percent != Py_None && do_agree(events, total, percent, comma, &figures);
    if (agreed && enter_agreeing(rows, proportion, &figures) < 0) {
        return -1;
    }
    if (total == Py_None || get(rows->module, proportion, METHOD) != NULL) {
        return 0;
    }
    if (!agreed && (percent != Py_None || events == Py_None || PyObject_RichCompareBool(events, total, Py_LE) != 1)) {
        rows->counted = 0;
        PyErr_Clear();
    }
    return enter_row(rows, result, proportion, events, total);
}

PyObject *lay_out(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    if (!takes("lay_out", 2, count)) {
        return NULL;
    }
    if (!PyList_CheckExact(arguments[0])) {
        PyErr_SetString(PyExc_TypeError, "lay_out takes a list of results");
        return NULL;
    }
    Rows rows = {module, PyList_New(0), PyDict_New(), PyDict_New(), 1};
    PyObject *all = NULL;
    int failed = rows.told == NULL || rows.first == NULL || rows.agreeing == NULL;
    for (Py_ssize_t index = 0, length = PyList_Size(arguments[0]); !failed && index < length; index++) {
        failed = enter_result(&rows, PyList_GetItem(arguments[0], index), arguments[1] == Py_True);
    }
    if (!failed) {
        all = PyTuple_Pack(4, rows.told, rows.first, rows.counted ? Py_True : Py_False, rows.agreeing);
    }
    Py_XDECREF(rows.told);
    Py_XDECREF(rows.first);
    Py_XDECREF(rows.agreeing);
    return all;
}
