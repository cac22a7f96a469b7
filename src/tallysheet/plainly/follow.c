/* The way through a value to its blocks: shape/ways.py, where it says what a way is. */
#include "plainly.h"

#include <math.h>

enum { ASKED, INNER, OTHERS, ITEMS, WHOLE, OPEN };

typedef struct {
    PyObject *found;
    PyObject *floats;
} Walk;

static int go_on(Walk *walk, PyObject *way, PyObject *value, PyObject *place);

static int add(PyObject *list, PyObject *item)
{
    int failed = item == NULL || PyList_Append(list, item) < 0;
    Py_XDECREF(item);
    return failed ? -1 : 0;
}

static int is_misplaced(PyObject *way, PyObject *value)
{
    if (!PyFloat_CheckExact(value) || PyList_GetItem(way, WHOLE) != Py_True) {
        return 0;
    }
    double number = PyFloat_AsDouble(value);
    return isfinite(number) && floor(number) == number;
}

/* Ways come from way_of; one that is none would be read beyond its end. */
static int is_way(PyObject *way)
{
    if (PyList_Check(way) && PyList_Size(way) == OPEN + 1 && PyTuple_Check(PyList_GetItem(way, ASKED)) &&
        PyDict_Check(PyList_GetItem(way, INNER))) {
        return 1;
    }
    PyErr_SetString(PyExc_TypeError, "follow takes a way");
    return 0;
}

/* Enter what stands at `place`, a step further; `place` is NULL while nobody has needed it. */
static int enter(Walk *walk, PyObject *way, PyObject *value, PyObject *around, PyObject *step)
{
    if (!is_way(way)) {
        return -1;
    }
    PyObject *asked = PyList_GetItem(way, ASKED);
    int is_asked = PyTuple_Size(asked) > 0;
    int is_open = (PyDict_CheckExact(value) || PyList_CheckExact(value)) && PyList_GetItem(way, OPEN) == Py_True;
    int misplaced = is_misplaced(way, value);
    if (!is_asked && !is_open && !misplaced) {
        return 0;
    }
    PyObject *place = step == NULL ? Py_NewRef(Py_None) : PyTuple_Pack(2, around, step);
    int failed = place == NULL || (is_asked && add(walk->found, PyTuple_Pack(3, asked, value, place)) < 0) ||
                 (misplaced && add(walk->floats, Py_NewRef(place)) < 0) ||
                 (is_open && go_on(walk, way, value, place) < 0);
    Py_XDECREF(place);
    return failed ? -1 : 0;
}

static int enter_mapping(Walk *walk, PyObject *way, PyObject *value, PyObject *place)
{
    PyObject *inner = PyList_GetItem(way, INNER), *others = PyList_GetItem(way, OTHERS), *key, *one;
    Py_ssize_t at = 0;
    while (PyDict_Next(value, &at, &key, &one)) {
        PyObject *below = PyDict_GetItemWithError(inner, key);
        if (below == NULL) {
            if (PyErr_Occurred()) {
                return -1;
            }
            below = others;
        }
        if (below != Py_None && enter(walk, below, one, place, key) < 0) {
            return -1;
        }
    }
    return 0;
}

static int enter_list(Walk *walk, PyObject *way, PyObject *value, PyObject *place)
{
    PyObject *items = PyList_GetItem(way, ITEMS);
    Py_ssize_t length = items == Py_None ? 0 : PyList_Size(value);
    for (Py_ssize_t index = 0; index < length; index++) {
        PyObject *step = PyLong_FromSsize_t(index);
        int failed = step == NULL || enter(walk, items, PyList_GetItem(value, index), place, step) < 0;
        Py_XDECREF(step);
        if (failed) {
            return -1;
        }
    }
    return 0;
}

static int go_on(Walk *walk, PyObject *way, PyObject *value, PyObject *place)
{
    if (Py_EnterRecursiveCall(" on the way to a block")) {
        return -1;
    }
    int failed = PyDict_CheckExact(value) ? enter_mapping(walk, way, value, place) : enter_list(walk, way, value, place);
    Py_LeaveRecursiveCall();
    return failed;
}

PyObject *follow(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    if (!takes("follow", 2, count)) {
        return NULL;
    }
    Walk walk = {PyList_New(0), PyList_New(0)};
    PyObject *both = NULL;
    if (walk.found != NULL && walk.floats != NULL && enter(&walk, arguments[0], arguments[1], NULL, NULL) == 0) {
        both = PyTuple_Pack(2, walk.found, walk.floats);
    }
    Py_XDECREF(walk.found);
    Py_XDECREF(walk.floats);
    return both;
}
