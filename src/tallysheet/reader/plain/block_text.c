/* Texts of whole lines, literal (|) or folded (>). */
#include "plain.h"
#include <string.h>

/* Go past the blanks that indent a line, at most `indent`; return whether text stands at that column. */
static int at_text(Reader *reader, int indent)
{
    int column = 0;
    while (column < indent && *reader->at == ' ') {
        reader->at++;
        column++;
    }
    return column == indent && *reader->at && *reader->at != '\n';
}

/* Skip empty lines; return how many, and leave the reader at the text of the next line or at the start of what follows.
 */
static Py_ssize_t skip_empty(Reader *reader, int indent, int *more)
{
    Py_ssize_t breaks = 0;
    for (;;) {
        const char *start = reader->at;
        *more = at_text(reader, indent);
        if (*more) {
            return breaks;
        }
        if (*reader->at != '\n') {
            reader->at = start;
            return breaks;
        }
        reader->at++;
        breaks++;
    }
}

/* Read the lines of a text whose first line has been found; `to` is where they are written. */
static char *read_lines(Reader *reader, char *to, int indent, int is_literal, int is_kept)
{
    int more = at_text(reader, indent), was_blank = 0, is_first = 1;
    Py_ssize_t breaks = 0;
    while (more) {
        const int is_blank = *reader->at == ' ';
        if (!is_first) {
            const int folds = !is_literal && !was_blank && !is_blank;
            if (!folds) {
                *to++ = '\n';
            }
            else if (breaks == 0) {
                *to++ = ' ';
            }
            for (; breaks > 0; breaks--) {
                *to++ = '\n';
            }
        }
        const char *start = reader->at;
        while (*reader->at && *reader->at != '\n') {
            reader->at++;
        }
        if (*reader->at == 0) {
            return NULL; /* the file ends within the text */
        }
        memcpy(to, start, (size_t)(reader->at - start));
        to += reader->at - start;
        reader->at++;
        was_blank = is_blank;
        is_first = 0;
        breaks = skip_empty(reader, indent, &more);
    }
    if (is_kept) {
        *to++ = '\n';
    }
    return to;
}

/* Read a text below a header such as >-; its lines are indented more than `indent`. The next content is reached. */
PyObject *read_block_text(Reader *reader, int indent)
{
    int mark;
    if (!begin_mark(reader, &mark)) {
        return NULL;
    }
    const int is_literal = *reader->at++ == '|';
    const int is_kept = *reader->at != '-';
    reader->at += !is_kept;
    while (*reader->at == ' ') {
        reader->at++;
    }
    if (*reader->at != '\n') {
        return NULL;
    }
    reader->at++;
    const char *line = reader->at;
    while (*line == ' ') {
        line++;
    }
    const Py_ssize_t column = line - reader->at;
    if (*line == '\n' || *line == 0 || column <= indent || column > KEY_BYTES) {
        return NULL;
    }
    char *to = room(reader);
    if (to == NULL) {
        return NULL;
    }
    to = read_lines(reader, to, (int)column, is_literal, is_kept);
    end_mark(reader, mark);
    return to == NULL || !next_line(reader) ? NULL : make_text(reader, reader->buffer, to - reader->buffer);
}
