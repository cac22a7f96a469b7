/* Lists and mappings in brackets, over as many lines as they take. */
#include "plain.h"

static PyObject *read_value(Reader *reader, int indent)
{
    if (*reader->at == '[' || *reader->at == '{') {
        return read_flow(reader, indent);
    }
    int mark;
    if (!begin_mark(reader, &mark)) {
        return NULL;
    }
    const int is_quoted = *reader->at == '"' || *reader->at == '\'';
    PyObject *value = is_quoted ? read_quoted(reader, indent) : read_word(reader, indent, 1);
    end_mark(reader, mark);
    return value;
}

/* Read a key with its value into a mapping; return whether that went well. */
static int read_pair(Reader *reader, int indent, PyObject *mapping)
{
    PyObject *key = read_key(reader);
    if (key == NULL) {
        return 0;
    }
    if (*reader->at != ' ') {
        Py_DECREF(key);
        return 0;
    }
    while (*reader->at == ' ') {
        reader->at++;
    }
    return put(mapping, key, read_value(reader, indent));
}

static int read_item(Reader *reader, int indent, PyObject *list)
{
    PyObject *item = read_value(reader, indent);
    if (item == NULL) {
        return 0;
    }
    const int failed = PyList_Append(list, item);
    Py_DECREF(item);
    return !failed;
}

/* Read what stands between brackets, the closing one included; return whether that went well. */
static int read_inside(Reader *reader, int indent, PyObject *collection, char closing)
{
    if (!skip_in_flow(reader, indent)) {
        return 0;
    }
    if (*reader->at == closing) {
        reader->at++;
        return 1;
    }
    for (;;) {
        if (!(closing == '}' ? read_pair(reader, indent, collection) : read_item(reader, indent, collection)) ||
            !skip_in_flow(reader, indent)) {
            return 0;
        }
        const char byte = *reader->at++;
        if (byte == closing) {
            return 1;
        }
        if (byte != ',' || !skip_in_flow(reader, indent)) {
            return 0;
        }
    }
}

/* Read a list or mapping in brackets; its further lines are indented more than `indent`. */
PyObject *read_flow(Reader *reader, int indent)
{
    int mark;
    if (!open_collection(reader) || !begin_mark(reader, &mark)) {
        return NULL;
    }
    const int is_mapping = *reader->at++ == '{';
    PyObject *collection = is_mapping ? PyDict_New() : PyList_New(0);
    if (collection != NULL && !read_inside(reader, indent, collection, is_mapping ? '}' : ']')) {
        Py_CLEAR(collection);
    }
    reader->depth--;
    return collection;
}
