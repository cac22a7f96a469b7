/* Texts as Python has them. */
#include "plain.h"
#include <string.h>

/* Return a text that is in no limit's way. */
PyObject *make_text(Reader *reader, const char *bytes, Py_ssize_t length)
{
    reader->events++;
    return length > SCALAR_BYTES ? NULL : PyUnicode_FromStringAndSize(bytes, length);
}

/* Return a text that is probably read again and again, made once. */
PyObject *make_kept_text(Reader *reader, const char *bytes, Py_ssize_t length)
{
    if (length > KEPT_BYTES) {
        return make_text(reader, bytes, length);
    }
    reader->events++;
    unsigned int hash = (unsigned int)length;
    for (Py_ssize_t index = 0; index < length; index++) {
        hash = hash * 31 + (unsigned char)bytes[index];
    }
    Kept *kept = &reader->state->kept[(hash ^ hash >> 9) % KEPT_TEXTS];
    if (kept->text == NULL || kept->length != length || memcmp(kept->bytes, bytes, (size_t)length) != 0) {
        PyObject *text = PyUnicode_FromStringAndSize(bytes, length);
        if (text == NULL) {
            return NULL;
        }
        PyObject *former = kept->text;
        kept->text = text;
        kept->length = length;
        memcpy(kept->bytes, bytes, (size_t)length);
        Py_XDECREF(former);
    }
    return Py_NewRef(kept->text);
}

/* Return room for a text as long as the file, or NULL with an exception. */
char *room(Reader *reader)
{
    if (reader->buffer == NULL) {
        reader->buffer = PyMem_Malloc((size_t)reader->length + 1);
        if (reader->buffer == NULL) {
            PyErr_NoMemory();
        }
    }
    return reader->buffer;
}
