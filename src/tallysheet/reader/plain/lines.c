/* From one line to the next: blanks, comments and indentation. */
#include "plain.h"

static void skip_comment(Reader *reader)
{
    while (*reader->at && *reader->at != '\n') {
        reader->at++;
    }
}

/* Go from the start of a line to the first content from there on; note its column. Returns 1. */
int next_line(Reader *reader)
{
    for (;;) {
        const char *start = reader->at;
        while (*reader->at == ' ') {
            reader->at++;
        }
        if (*reader->at == '#') {
            skip_comment(reader);
        }
        if (*reader->at == '\n') {
            reader->at++;
            continue;
        }
        reader->column = *reader->at ? (int)(reader->at - start) : -1;
        return 1;
    }
}

/* Go from the end of a value to the next content, where nothing but blanks and a comment stands between; else return
 * 0. Libyaml takes a # that touches the value for a comment too; that is left to it. */
int end_line(Reader *reader)
{
    const char *start = reader->at;
    while (*reader->at == ' ') {
        reader->at++;
    }
    if (*reader->at == '#' && reader->at > start) {
        skip_comment(reader);
    }
    if (*reader->at == '\n') {
        reader->at++;
    }
    else if (*reader->at) {
        return 0;
    }
    return next_line(reader);
}

/* Skip blanks, line breaks and comments within brackets; return 0 where a line is not indented more than `indent`. */
int skip_in_flow(Reader *reader, int indent)
{
    const char *start = reader->at;
    while (*reader->at == ' ') {
        reader->at++;
    }
    if (*reader->at == '#' && reader->at > start) {
        skip_comment(reader);
    }
    if (*reader->at != '\n') {
        return 1;
    }
    reader->at++;
    return next_line(reader) && reader->column > indent;
}
