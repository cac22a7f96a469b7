/* Lists and mappings by indentation. */
#include "plain.h"

int open_collection(Reader *reader)
{
    reader->events += 2;
    return ++reader->depth <= DEPTH;
}

/* Put a value into a mapping that has no such key yet, and let go of both; return whether that went well. */
int put(PyObject *mapping, PyObject *key, PyObject *value)
{
    int done = 0;
    if (value != NULL) {
        const Py_ssize_t before = PyDict_Size(mapping);
        done = PyDict_SetItem(mapping, key, value) == 0 && PyDict_Size(mapping) > before;
        Py_DECREF(value);
    }
    Py_DECREF(key);
    return done;
}

static int is_item(const Reader *reader)
{
    return reader->at[0] == '-' && reader->at[1] == ' ';
}

/* Go on from a value to the next content; let go of it where something else stands behind it. */
static PyObject *ended(Reader *reader, PyObject *value)
{
    if (value != NULL && !end_line(reader)) {
        Py_CLEAR(value);
    }
    return value;
}

/* Read a value that begins on this line, to the next content. */
static PyObject *read_inline(Reader *reader, int indent)
{
    const char byte = *reader->at;
    if (byte == '|' || byte == '>') {
        return read_block_text(reader, indent);
    }
    if (byte == '[' || byte == '{') {
        PyObject *collection = read_flow(reader, indent);
        return ended(reader, collection);
    }
    int mark;
    if (!begin_mark(reader, &mark)) {
        return NULL;
    }
    PyObject *value = byte == '"' || byte == '\'' ? read_quoted(reader, indent) : read_word(reader, indent, 0);
    end_mark(reader, mark);
    return ended(reader, value);
}

/* Read an item, or the mapping that begins beside its dash. */
static PyObject *read_item(Reader *reader, int indent)
{
    const char *dash = reader->at++;
    while (*reader->at == ' ') {
        reader->at++;
    }
    if (is_key_here(reader)) {
        const Py_ssize_t column = indent + (reader->at - dash);
        return read_mapping(reader, (int)column);
    }
    return read_inline(reader, indent);
}

/* Read the items at one column. Where something else stands there, whoever called sees it by the column. */
static int read_items(Reader *reader, int indent, PyObject *list)
{
    do {
        PyObject *item = read_item(reader, indent);
        if (item == NULL) {
            return 0;
        }
        const int failed = PyList_Append(list, item);
        Py_DECREF(item);
        if (failed || reader->column > indent) {
            return 0;
        }
    } while (reader->column == indent && is_item(reader));
    return 1;
}

static PyObject *read_list(Reader *reader, int indent)
{
    int mark;
    if (!open_collection(reader) || !begin_mark(reader, &mark)) {
        return NULL;
    }
    PyObject *list = PyList_New(0);
    if (list != NULL && !read_items(reader, indent, list)) {
        Py_CLEAR(list);
    }
    reader->depth--;
    return list;
}

/* Read the value of a key of a mapping at column `indent`: on this line, or on those below. */
static PyObject *read_value(Reader *reader, int indent)
{
    const char *start = reader->at;
    while (*reader->at == ' ') {
        reader->at++;
    }
    if (*reader->at && *reader->at != '\n' && *reader->at != '#') {
        return read_inline(reader, indent);
    }
    reader->at = start;
    if (!end_line(reader) || reader->column < indent) {
        return NULL;
    }
    if (is_item(reader)) {
        return read_list(reader, reader->column);
    }
    if (reader->column == indent) {
        return NULL;
    }
    return is_key_here(reader) ? read_mapping(reader, reader->column) : read_inline(reader, indent);
}

static int read_pairs(Reader *reader, int indent, PyObject *mapping)
{
    do {
        PyObject *key = read_key(reader);
        if (key == NULL || !put(mapping, key, read_value(reader, indent)) || reader->column > indent ||
            reader->events > EVENTS - 3) {
            return 0;
        }
    } while (reader->column == indent);
    return 1;
}

/* Read a mapping whose keys stand at column `indent`, the first of them here, to the next content. */
PyObject *read_mapping(Reader *reader, int indent)
{
    int mark;
    if (!open_collection(reader) || !begin_mark(reader, &mark)) {
        return NULL;
    }
    PyObject *mapping = PyDict_New();
    if (mapping != NULL && !read_pairs(reader, indent, mapping)) {
        Py_CLEAR(mapping);
    }
    reader->depth--;
    return mapping;
}
