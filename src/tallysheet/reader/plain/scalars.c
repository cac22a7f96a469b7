/* Keys, and values without quotes. What they mean is said by scalars.py. */
#include "plain.h"
#include <string.h>

static int is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_';
}

static int is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static int is_blank_or_end(char byte)
{
    return byte == ' ' || byte == '\n' || byte == 0;
}

/* Return the end of a key that begins here, which a colon and a blank follow; else NULL. */
static const char *end_of_key(const char *at)
{
    const char *start = at;
    if (*at == '"' || *at == '\'') {
        const char quote = *at++;
        while (*at && *at != quote && *at != '\\' && *at != '\n') {
            at++;
        }
        if (*at != quote) {
            return NULL;
        }
        at++;
    }
    else {
        while (is_letter(*at) || (at > start && (is_digit(*at) || *at == '-'))) {
            at++;
        }
    }
    return at > start && at - start <= KEY_BYTES && *at == ':' && is_blank_or_end(at[1]) ? at : NULL;
}

int is_key_here(const Reader *reader)
{
    return end_of_key(reader->at) != NULL;
}

typedef enum { TEXT, NULL_WORD, TRUE_WORD, FALSE_WORD, REFUSED_WORD } Word;

/* The words that mean something to some tool (scalars.WORDS), as they are written to mean it to all. */
static const struct {
    const char *text;
    Word word;
} WORDS[] = {
    {"true", TRUE_WORD},  {"false", FALSE_WORD}, {"null", NULL_WORD},  {"yes", REFUSED_WORD}, {"no", REFUSED_WORD},
    {"on", REFUSED_WORD}, {"off", REFUSED_WORD}, {"y", REFUSED_WORD}, {"n", REFUSED_WORD},   {"~", REFUSED_WORD},
};
#define LONGEST_WORD 5

/* Say what a text from "A" on is: text to every tool, or such a word; one in another mixture of capitals is refused. */
static Word word_of(const char *bytes, Py_ssize_t length)
{
    if (length > LONGEST_WORD || strchr("fnotyFNOTY~", bytes[0]) == NULL) {
        return TEXT;
    }
    char lower[LONGEST_WORD + 1] = {0};
    for (Py_ssize_t index = 0; index < length; index++) {
        lower[index] = bytes[index] >= 'A' && bytes[index] <= 'Z' ? (char)(bytes[index] - 'A' + 'a') : bytes[index];
    }
    for (size_t index = 0; index < sizeof WORDS / sizeof WORDS[0]; index++) {
        if (strcmp(lower, WORDS[index].text) == 0) {
            return memcmp(bytes, lower, (size_t)length) == 0 ? WORDS[index].word : REFUSED_WORD;
        }
    }
    return TEXT;
}

/* Read a key and its colon. */
PyObject *read_key(Reader *reader)
{
    const char *start = reader->at, *end = end_of_key(start);
    int mark;
    if (end == NULL || !begin_mark(reader, &mark)) {
        return NULL;
    }
    reader->at = end;
    end_mark(reader, mark);
    reader->at++;
    if (*start == '"' || *start == '\'') {
        return make_kept_text(reader, start + 1, end - start - 2);
    }
    const Py_ssize_t length = end - start;
    const int is_single = length == 1; /* y and n, which scalars.is_key lets through, as it does "on" */
    if (!is_single && !(length == 2 && memcmp(start, "on", 2) == 0) && word_of(start, length) != TEXT) {
        return NULL;
    }
    return make_kept_text(reader, start, length);
}

/* Return what a text that begins below "A" is: what scalars.resolve says, unless it is clearly a count. */
static PyObject *resolved(Reader *reader, const char *bytes, Py_ssize_t length)
{
    long long number = 0;
    Py_ssize_t index = 0;
    for (; index < length && index < INTEGER_DIGITS && is_digit(bytes[index]); index++) {
        number = number * 10 + (bytes[index] - '0');
    }
    if (index == length && (length == 1 || bytes[0] != '0')) {
        reader->events++;
        return PyLong_FromLongLong(number);
    }
    PyObject *text = make_text(reader, bytes, length);
    if (text == NULL) {
        return NULL;
    }
    PyObject *value = PyObject_CallFunctionObjArgs(reader->resolve, text, NULL);
    Py_DECREF(text);
    if (value == reader->refused) {
        Py_DECREF(value);
        return NULL;
    }
    return value;
}

static int may_begin(const char *at)
{
    return is_letter(*at) || is_digit(*at) || (unsigned char)*at >= 0x80 || (*at == '-' && is_digit(at[1])) ||
           (*at && strchr("(<=~+./^$;", *at) != NULL);
}

/* Return the end of the part of a value that stands on this line, blanks behind it left out; NULL where it is not plain.
 * `*stop` is where the line, or in flow the value, ends. */
static const char *end_on_line(const char *start, int in_flow, const char **stop)
{
    const char *at = start, *end = start;
    for (; *at && *at != '\n'; at++) {
        if (*at == ' ') {
            continue;
        }
        if (*at == '#' && at[-1] == ' ') {
            break;
        }
        if (*at == ':' && is_blank_or_end(at[1])) {
            return NULL;
        }
        if (in_flow) {
            if (*at == ',' || *at == ']' || *at == '}') {
                break;
            }
            if (*at == '[' || *at == '{' || *at == '?' || (*at == ':' && strchr(",?[]{}", at[1]) != NULL)) {
                return NULL;
            }
        }
        end = at + 1;
    }
    *stop = at;
    return end;
}

/* Return where a value goes on below the line that ends at `at`, indented more than `indent`; NULL where it does not. */
static const char *next_part(const char *at, int indent, Py_ssize_t *breaks)
{
    const char *line = at;
    for (*breaks = 0; *at == '\n'; ++*breaks) {
        line = ++at;
        while (*at == ' ') {
            at++;
        }
    }
    return at - line > indent && (is_letter(*at) || is_digit(*at) || *at == '(' || (unsigned char)*at >= 0x80) ? at : NULL;
}

/* Fold a value of several lines into the buffer, as YAML does: a line break is a blank, of several all but one stay. */
static char *fold_lines(Reader *reader, const char *start, const char *end, const char *stop, int indent)
{
    char *to = room(reader);
    Py_ssize_t breaks;
    while (to != NULL) {
        memcpy(to, start, (size_t)(end - start));
        to += end - start;
        reader->at = end;
        if ((start = next_part(stop, indent, &breaks)) == NULL) {
            return to;
        }
        if (breaks == 1) {
            *to++ = ' ';
        }
        for (; breaks > 1; breaks--) {
            *to++ = '\n';
        }
        end = end_on_line(start, 0, &stop);
        if (end == NULL) {
            return NULL;
        }
    }
    return NULL;
}

static PyObject *make_word(Reader *reader, const char *bytes, Py_ssize_t length)
{
    if ((unsigned char)*bytes < 'A') {
        return resolved(reader, bytes, length);
    }
    const Word word = word_of(bytes, length);
    if (word == TEXT) {
        return make_kept_text(reader, bytes, length);
    }
    reader->events++;
    return word == REFUSED_WORD ? NULL : Py_NewRef(word == TRUE_WORD ? Py_True : word == FALSE_WORD ? Py_False : Py_None);
}

/* Read a value without quotes: in flow to a comma or a closing bracket on its line, else with the lines below that are
 * indented more than `indent`. */
PyObject *read_word(Reader *reader, int indent, int in_flow)
{
    const char *start = reader->at, *stop = start;
    Py_ssize_t breaks;
    if (!may_begin(start)) {
        return NULL;
    }
    const char *end = end_on_line(start, in_flow, &stop);
    if (end == NULL) {
        return NULL;
    }
    if (in_flow || *stop != '\n' || next_part(stop, indent, &breaks) == NULL) {
        reader->at = end;
        return make_word(reader, start, end - start);
    }
    char *last = fold_lines(reader, start, end, stop, indent);
    return last == NULL ? NULL : make_word(reader, reader->buffer, last - reader->buffer);
}
