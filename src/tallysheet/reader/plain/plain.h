/* The plain part of the reader's language, read in one pass: what all files share.
 *
 * Every function that returns a PyObject * returns a new reference, or NULL: then either an exception is set, or what
 * stands here is not plain, and the strict reader has to judge it. Nothing is ever refused here.
 */
#ifndef TALLYSHEET_PLAIN_H
#define TALLYSHEET_PLAIN_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* Those of limits.py: a test compares them. */
#define FILE_BYTES (1 << 20)
#define DEPTH 32
#define EVENTS 50000
#define SCALAR_BYTES (1 << 16)
#define INTEGER_DIGITS 16

#define KEY_BYTES 128
#define KEPT_BYTES 24
#define KEPT_TEXTS 512

/* A short text that was made before: keys, and words such as "abstract", are the same in every record. */
typedef struct {
    PyObject *text;
    Py_ssize_t length;
    char bytes[KEPT_BYTES];
} Kept;

typedef struct {
    Kept kept[KEPT_TEXTS];
} State;

typedef struct {
    const char *at;     /* the next byte; a zero byte stands at the end, and nowhere else */
    int column;         /* where the line begins that was reached last; -1 after the last line */
    int depth;          /* of the collections that are open */
    Py_ssize_t events;  /* that a parser would have given so far */
    Py_ssize_t length;  /* of the whole file, and so of the longest text */
    char *buffer;       /* room for a text that is not written as it is read; made when it is needed */
    State *state;
    PyObject *resolve;  /* scalars.resolve, for what begins like a number */
    PyObject *refused;  /* what it returns for no value */
    const char *data;   /* where the file begins */
    int is_marking;     /* whether it is noted where everything stands */
    int *marks;         /* of each key and value where it starts and ends, in the order of the file */
    int marked, most;   /* how many there are, and how many there is room for */
} Reader;

/* marks.c: a node is noted when it begins, and again when it ends; -1 where nothing is noted. 0: no memory. */
int begin_mark(Reader *reader, int *mark);
void end_mark(Reader *reader, int mark);

/* characters.c */
int all_plain(const char *data, Py_ssize_t length);

/* lines.c */
int next_line(Reader *reader);
int end_line(Reader *reader);
int skip_in_flow(Reader *reader, int indent);

/* texts.c */
PyObject *make_text(Reader *reader, const char *bytes, Py_ssize_t length);
PyObject *make_kept_text(Reader *reader, const char *bytes, Py_ssize_t length);
char *room(Reader *reader);

/* scalars.c */
int is_key_here(const Reader *reader);
PyObject *read_key(Reader *reader);
PyObject *read_word(Reader *reader, int indent, int in_flow);

/* quoted.c */
PyObject *read_quoted(Reader *reader, int indent);

/* block_text.c */
PyObject *read_block_text(Reader *reader, int indent);

/* flow.c */
PyObject *read_flow(Reader *reader, int indent);

/* blocks.c */
PyObject *read_mapping(Reader *reader, int indent);
int open_collection(Reader *reader);
int put(PyObject *mapping, PyObject *key, PyObject *value);

#endif
