/* Texts in quotes, on one line or folded over several. */
#include "plain.h"

/* Fold the line breaks from here on into `to`, as YAML does: one is a blank, of several all but one stay. Returns the
 * end of what is written, or NULL where the text goes on at a column that is not plainly its own. */
static char *fold(Reader *reader, char *to, const char *first, int indent)
{
    Py_ssize_t breaks = 0;
    while (to > first && to[-1] == ' ') {
        to--;
    }
    const char *line = reader->at;
    while (*reader->at == '\n') {
        breaks++;
        line = ++reader->at;
        while (*reader->at == ' ') {
            reader->at++;
        }
    }
    if (*reader->at == 0 || reader->at - line <= indent) {
        return NULL;
    }
    if (breaks == 1) {
        *to++ = ' ';
    }
    for (; breaks > 1; breaks--) {
        *to++ = '\n';
    }
    return to;
}

/* Read what could not be taken as it stands: escapes, doubled quotes, several lines. */
static PyObject *read_unfolded(Reader *reader, char quote, int indent)
{
    char *to = room(reader);
    if (to == NULL) {
        return NULL;
    }
    const char *first = to; /* blanks before it are no longer taken off: they were written by an earlier fold */
    for (;;) {
        const char byte = *reader->at;
        if (byte == 0) {
            return NULL;
        }
        if (byte == '\n') {
            to = fold(reader, to, first, indent);
            if (to == NULL) {
                return NULL;
            }
            first = to;
            continue;
        }
        reader->at++;
        if (byte == quote) {
            if (quote != '\'' || *reader->at != '\'') {
                return make_text(reader, reader->buffer, to - reader->buffer);
            }
            reader->at++;
        }
        else if (byte == '\\' && quote == '"') {
            if (*reader->at != '"' && *reader->at != '\\') {
                return NULL;
            }
            *to++ = *reader->at++;
            continue;
        }
        *to++ = byte;
    }
}

/* Read a text in quotes; its further lines are indented more than `indent`. */
PyObject *read_quoted(Reader *reader, int indent)
{
    const char quote = *reader->at, *start = ++reader->at, *at = start;
    while (*at && *at != quote && *at != '\\' && *at != '\n') {
        at++;
    }
    if (*at == quote && (quote == '"' || at[1] != '\'')) {
        reader->at = at + 1;
        return make_text(reader, start, at - start);
    }
    return read_unfolded(reader, quote, indent);
}
