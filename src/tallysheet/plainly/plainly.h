/* What plainly holds, accepted in one walk over a value: what rules would otherwise look for in Python.
 *
 * Nothing is ever refused here: where something is not plain, the answer is that it is not known, and Python looks.
 */
#ifndef TALLYSHEET_PLAINLY_H
#define TALLYSHEET_PLAINLY_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#ifndef MS_WINDOWS
#include <dirent.h>
#endif

/* Names of fields, made once: the module's state. */
enum {
    SOURCE, QUOTE, BASIS, PROPORTION, EVENTS, TOTAL, PERCENT, METHOD, GROUP, OUTCOME, LABEL, TIME,
    ID, N, COMPARED_WITH, ESTIMATE, SURVIVAL, RANGE, DISPOSITION, RELATION, OF, PARTS, MISSING, NAMES
};

typedef struct {
    PyObject *names[NAMES];
} State;

/* What a mapping has under a name, borrowed; NULL where it has nothing. */
PyObject *get(PyObject *module, PyObject *mapping, int name);

/* 1 or 0; never an exception: what can't be compared is not the same. */
int is_same(PyObject *one, PyObject *other);

/* follow.c */
PyObject *follow(PyObject *module, PyObject *const *arguments, Py_ssize_t count);

/* texts.c */
PyObject *holds_no_sign(PyObject *module, PyObject *value);

/* quotes.c */
PyObject *carries(PyObject *module, PyObject *const *arguments, Py_ssize_t count);
PyObject *carries_all(PyObject *module, PyObject *const *arguments, Py_ssize_t count);
PyObject *carries_result(PyObject *module, PyObject *const *arguments, Py_ssize_t count);

/* agreeing.c */
typedef struct {
    long long events, total, digits, unit;
} Figures;

/* 1: a count that no product of ours overflows by. */
int read_count(PyObject *value, long long *count);

/* 1: a plain percentage of a total is that of a count from `least` to `most`. */
int find_counts(PyObject *total, PyObject *percent, int comma, long long *least, long long *most);

int do_agree(PyObject *events, PyObject *total, PyObject *percent, int comma, Figures *figures);
PyObject *agrees(PyObject *module, PyObject *const *arguments, Py_ssize_t count);

/* rows.c */
PyObject *lay_out(PyObject *module, PyObject *const *arguments, Py_ssize_t count);

/* files.c; not on Windows, and `listed` only where a folder tells what its entries are */
PyObject *stamped(PyObject *module, PyObject *const *arguments, Py_ssize_t count);
PyObject *listed(PyObject *module, PyObject *const *arguments, Py_ssize_t count);

/* A function that takes `wanted` arguments by place was given so many. */
int takes(const char *name, Py_ssize_t wanted, Py_ssize_t count);

#endif
