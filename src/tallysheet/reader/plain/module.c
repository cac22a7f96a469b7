/* The module tallysheet.reader._plain: reads what is plainly a record, and declines all else. */
#include "plain.h"

static PyObject *read_document(Reader *reader)
{
    next_line(reader);
    if (reader->column != 0) {
        return NULL;
    }
    PyObject *record = read_mapping(reader, 0);
    if (record != NULL && *reader->at) {
        Py_CLEAR(record);
    }
    return record;
}

PyDoc_STRVAR(read_plain_doc,
             "read_plain(data, resolve, refused, /)\n--\n\n"
             "Return the value of a record that is plainly in order, or None: then it is not known to be.\n\n"
             "Numbers that are no counts are asked of `resolve`, which returns `refused` for no value.");

/* Return the value of a record, or where everything in it stands. */
static PyObject *read_bytes(PyObject *module, PyObject *const *arguments, int is_marking)
{
    char *data;
    Py_ssize_t length;
    if (PyBytes_AsStringAndSize(arguments[0], &data, &length) < 0) {
        return NULL;
    }
    PyObject *found = NULL;
    if (length <= FILE_BYTES && all_plain(data, length)) {
        Reader reader = {.at = data,
                         .data = data,
                         .length = length,
                         .state = PyModule_GetState(module),
                         .resolve = arguments[1],
                         .refused = arguments[2],
                         .is_marking = is_marking};
        found = read_document(&reader);
        if (found != NULL && is_marking) {
            Py_DECREF(found);
            found = PyBytes_FromStringAndSize((const char *)reader.marks, reader.marked * 2 * (Py_ssize_t)sizeof(int));
        }
        PyMem_Free(reader.buffer);
        PyMem_Free(reader.marks);
    }
    return found != NULL || PyErr_Occurred() ? found : Py_NewRef(Py_None);
}

static int takes_three(const char *name, Py_ssize_t count)
{
    if (count != 3) {
        PyErr_Format(PyExc_TypeError, "%s takes 3 arguments, not %zd", name, count);
    }
    return count == 3;
}

static PyObject *read_plain(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    return takes_three("read_plain", count) ? read_bytes(module, arguments, 0) : NULL;
}

PyDoc_STRVAR(read_marks_doc,
             "read_marks(data, resolve, refused, /)\n--\n\n"
             "Return where each key and value starts and ends, in bytes, in the order of the file, two C ints each.\n\n"
             "None where `read_plain` returns None; a collection ends where it starts, a text of whole lines somewhere\n"
             "in the blanks behind it.");

static PyObject *read_marks(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    return takes_three("read_marks", count) ? read_bytes(module, arguments, 1) : NULL;
}

static int add_limits(PyObject *module)
{
    return PyModule_AddIntMacro(module, FILE_BYTES) || PyModule_AddIntMacro(module, DEPTH) ||
                   PyModule_AddIntMacro(module, EVENTS) || PyModule_AddIntMacro(module, SCALAR_BYTES) ||
                   PyModule_AddIntMacro(module, INTEGER_DIGITS)
               ? -1
               : 0;
}

static int traverse(PyObject *module, visitproc visit, void *arg)
{
    State *state = PyModule_GetState(module);
    for (size_t index = 0; state != NULL && index < KEPT_TEXTS; index++) {
        Py_VISIT(state->kept[index].text);
    }
    return 0;
}

static int clear(PyObject *module)
{
    State *state = PyModule_GetState(module);
    for (size_t index = 0; state != NULL && index < KEPT_TEXTS; index++) {
        Py_CLEAR(state->kept[index].text);
    }
    return 0;
}

static void release(void *module)
{
    clear((PyObject *)module);
}

static PyMethodDef methods[] = {
    {"read_plain", (PyCFunction)(void (*)(void))read_plain, METH_FASTCALL, read_plain_doc},
    {"read_marks", (PyCFunction)(void (*)(void))read_marks, METH_FASTCALL, read_marks_doc},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, (void *)add_limits},
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "tallysheet.reader._plain",
    .m_doc = "Reads records that are plainly in order; what it declines, the strict reader judges.",
    .m_size = sizeof(State),
    .m_methods = methods,
    .m_slots = slots,
    .m_traverse = traverse,
    .m_clear = clear,
    .m_free = release,
};

PyMODINIT_FUNC PyInit__plain(void)
{
    return PyModuleDef_Init(&definition);
}
