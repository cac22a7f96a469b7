/* The proportions of a record as the rows of its tables. */
#ifndef TALLYSHEET_ROWS_H
#define TALLYSHEET_ROWS_H

#include "plainly.h"

#define SHORT 128  /* as in rows.py: so many results are compared each with each */

enum { WHAT_OUTCOME, WHAT_LABEL, WHAT_TIME, WHAT_BASIS, WHATS };

/* A proportion that is a count of a total. All objects are borrowed from the record. */
typedef struct {
    PyObject *group;
    PyObject *what[WHATS];
    Py_hash_t hash;  /* of what is counted */
    long long total;
    long long least, most;  /* what the events may be: as printed, or what the percentage admits */
    long long events;       /* those that are tried */
    int is_first;           /* of its group and kind */
} Row;

/* Events over total, the unit that the percentage is printed in, and its digits. */
typedef struct {
    double share;
    long long unit, digits;
} Fraction;

typedef struct {
    PyObject *module;
    PyObject *sizes;
    int named, whole, alike, counted, plain;
    long ranges, curves;
    int rows, fractions;
    Row row[SHORT];
    Fraction fraction[SHORT];
} Table;

/* sums.c: `added` is -1 where it is not plain that all adds up. */
void add_up(Table *table, PyObject *breakdowns, long *added, int *settled);

#endif
