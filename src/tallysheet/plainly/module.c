/* The module tallysheet._plainly: accepts what plainly holds, and leaves all else to Python. */
#include "plainly.h"

int takes(const char *name, Py_ssize_t wanted, Py_ssize_t count)
{
    if (count != wanted) {
        PyErr_Format(PyExc_TypeError, "%s takes %zd arguments, not %zd", name, wanted, count);
    }
    return count == wanted;
}

static const char *const NAMED[] = {"source",  "quote",    "basis",         "proportion", "events",   "total", "percent",
                                    "method",  "group",    "outcome",       "label",      "time",     "id",    "n",
                                    "compared_with",       "estimate",      "survival",   "range",    "disposition", "relation",
                                    "of",      "parts",    "missing"};

PyObject *get(PyObject *module, PyObject *mapping, int name)
{
    return PyDict_GetItemWithError(mapping, ((State *)PyModule_GetState(module))->names[name]);
}

static int make_names(PyObject *module)
{
    State *state = PyModule_GetState(module);
    for (int name = 0; name < NAMES; name++) {
        if ((state->names[name] = PyUnicode_InternFromString(NAMED[name])) == NULL) {
            return -1;
        }
    }
    return 0;
}

static int traverse(PyObject *module, visitproc visit, void *arg)
{
    State *state = PyModule_GetState(module);
    for (int name = 0; state != NULL && name < NAMES; name++) {
        Py_VISIT(state->names[name]);
    }
    return 0;
}

static int clear(PyObject *module)
{
    State *state = PyModule_GetState(module);
    for (int name = 0; state != NULL && name < NAMES; name++) {
        Py_CLEAR(state->names[name]);
    }
    return 0;
}

static void release(void *module)
{
    clear((PyObject *)module);
}

#define BY_PLACE(function) {#function, (PyCFunction)(void (*)(void))function, METH_FASTCALL, function##_doc}

PyDoc_STRVAR(follow_doc, "follow(way, value, /)\n--\n\n"
                         "Return what is asked for in a value, and where 13.0 stands in the place of 13.");
PyDoc_STRVAR(holds_no_sign_doc, "holds_no_sign(value, /)\n--\n\n"
                                "Tell whether no text in a value begins with < and a letter, as every placeholder does.");
PyDoc_STRVAR(carries_doc, "carries(owner, counts, comma, /)\n--\n\n"
                          "Tell whether the owner's quote surely carries the counts, and not too much beside them.");
PyDoc_STRVAR(carries_all_doc, "carries_all(groups, results, sizes, skipped, comma, /)\n--\n\n"
                              "Tell whether each quote of groups and results surely carries what stands beside it.");
PyDoc_STRVAR(carries_result_doc, "carries_result(result, size, skipped, comma, /)\n--\n\n"
                                 "Tell whether a result's quote surely carries its figures, and says no other total.");
PyDoc_STRVAR(agrees_doc, "agrees(events, total, percent, comma, /)\n--\n\n"
                         "Tell whether count, total and percentage are plain and agree.");

PyDoc_STRVAR(lay_out_doc, "lay_out(groups, results, breakdowns, comma, /)\n--\n\n"
                          "Return the parts of Rows.");

#ifndef MS_WINDOWS
PyDoc_STRVAR(stamped_doc, "stamped(folder, names, settled, /)\n--\n\n"
                          "Return the stamps of files in an open folder, or None where a name is not plain.");
#ifdef DT_REG
PyDoc_STRVAR(listed_doc, "listed(folder, below, /)\n--\n\n"
                         "Return the paths of records and folders in an open folder, or None where it holds anything else.");
#endif
#endif

static PyMethodDef methods[] = {
    BY_PLACE(follow),
    BY_PLACE(carries),
    BY_PLACE(carries_all),
    BY_PLACE(carries_result),
    BY_PLACE(agrees),
    BY_PLACE(lay_out),
#ifndef MS_WINDOWS
    BY_PLACE(stamped),
#ifdef DT_REG
    BY_PLACE(listed),
#endif
#endif
    {"holds_no_sign", holds_no_sign, METH_O, holds_no_sign_doc},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, (void *)make_names},
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "tallysheet._plainly",
    .m_doc = "Accepts what plainly holds; where it does not know, Python looks.",
    .m_size = sizeof(State),
    .m_methods = methods,
    .m_slots = slots,
    .m_traverse = traverse,
    .m_clear = clear,
    .m_free = release,
};

PyMODINIT_FUNC PyInit__plainly(void)
{
    return PyModuleDef_Init(&definition);
}
