/* Whether the rows of tables add up and all equations hold: settled.py, where it says what is left out. */
#include "rows.h"

#include <string.h>

#define MOST_PARTS 64  /* a sum of so many counts does not overflow */

typedef struct {
    PyObject *of, *parts;
    int adds_up;
} Breakdown;

static const Row *first_of(const Table *table, PyObject *group, const Row *like)
{
    for (int index = 0; index < table->rows; index++) {
        const Row *row = &table->row[index];
        if (row->is_first && (like == NULL || row->hash == like->hash) && is_same(row->group, group)) {
            int same = 1;
            for (int part = 0; same && like != NULL && part < WHATS; part++) {
                same = is_same(row->what[part], like->what[part]);
            }
            if (same) {
                return row;
            }
        }
    }
    return NULL;
}

static int read_breakdown(const Table *table, PyObject *value, Breakdown *breakdown)
{
    if (!PyDict_CheckExact(value)) {
        return 0;
    }
    PyObject *relation = get(table->module, value, RELATION), *missing = get(table->module, value, MISSING);
    breakdown->of = get(table->module, value, OF);
    breakdown->parts = get(table->module, value, PARTS);
    if (breakdown->of == NULL || breakdown->parts == NULL || relation == NULL || !PyUnicode_CheckExact(relation) ||
        !PyList_CheckExact(breakdown->parts) || PyList_Size(breakdown->parts) > MOST_PARTS) {
        return 0;
    }
    breakdown->adds_up = PyUnicode_CompareWithASCIIString(relation, "partition") == 0 &&
                         (missing == NULL || !PyObject_IsTrue(missing));
    return 1;
}

/* Compare one row of the whole with its parts. */
static void compare_row(const Table *table, const Row *whole, const Breakdown *breakdown, long *added, int *settled)
{
    Py_ssize_t wanted = PyList_Size(breakdown->parts), found = 0;
    long long events = 0, total = 0;
    int each = 1;
    for (Py_ssize_t index = 0; index < wanted; index++) {
        const Row *part = first_of(table, PyList_GetItem(breakdown->parts, index), whole);
        if (part != NULL) {
            found++;
            events += part->events;
            total += part->total;
            each &= part->events <= whole->events && part->total - part->events <= whole->total - whole->events;
        }
    }
    if (breakdown->adds_up && wanted > 0 && found == wanted) {
        *settled &= events == whole->events;
        *added = *added < 0 || events != whole->events || total != whole->total ? -1 : *added + 2;
    } else {
        *settled &= each;
    }
}

static int is_called(const Row *row, const char *outcome)
{
    return PyUnicode_CheckExact(row->what[WHAT_OUTCOME]) &&
           PyUnicode_CompareWithASCIIString(row->what[WHAT_OUTCOME], outcome) == 0;
}

/* The events of the first row of an outcome at the place of another row; -1 without. */
static long long events_beside(const Table *table, const Row *row, const char *outcome)
{
    for (int index = 0; index < table->rows; index++) {
        const Row *other = &table->row[index];
        if (other->total == row->total && is_called(other, outcome) && is_same(other->group, row->group) &&
            is_same(other->what[WHAT_LABEL], row->what[WHAT_LABEL]) &&
            is_same(other->what[WHAT_TIME], row->what[WHAT_TIME])) {
            return other->events;
        }
    }
    return -1;
}

/* Parts of a response are no more than it, and survivors and deaths no more than all. */
static int composites_hold(const Table *table)
{
    int holds = 1;
    for (int index = 0; holds && index < table->rows; index++) {
        const Row *row = &table->row[index];
        if (is_called(row, "clinical-response")) {
            long long complete = events_beside(table, row, "complete-response");
            long long partial = events_beside(table, row, "partial-response");
            long long all = events_beside(table, row, "clinical-response");
            holds = (complete < 0 && partial < 0) || (complete < 0 ? 0 : complete) + (partial < 0 ? 0 : partial) <= all;
        } else if (is_called(row, "survival")) {
            long long deaths = events_beside(table, row, "death");
            holds = deaths < 0 || events_beside(table, row, "survival") + deaths <= row->total;
        }
    }
    return holds;
}

static int has_twins(const Table *table)
{
    for (int index = 0; index < table->rows; index++) {
        if (!table->row[index].is_first) {
            return 1;
        }
    }
    return 0;
}

void add_up(const Table *table, PyObject *breakdowns, long *added, int *settled)
{
    *added = 0;
    *settled = table->counted;
    for (Py_ssize_t index = 0; index < PyList_Size(breakdowns) && (*settled || *added >= 0); index++) {
        Breakdown breakdown;
        if (!read_breakdown(table, PyList_GetItem(breakdowns, index), &breakdown)) {
            *added = -1;
            *settled = 0;
            return;
        }
        int complete = 1;
        for (Py_ssize_t part = 0; complete && part < PyList_Size(breakdown.parts); part++) {
            complete = first_of(table, PyList_GetItem(breakdown.parts, part), NULL) != NULL;
        }
        if (breakdown.adds_up &&
            (PyList_Size(breakdown.parts) == 0 || (complete && (!table->counted || has_twins(table))))) {
            *added = -1;  /* a count that has to be worked out, or two results of one kind */
        }
        for (int row = 0; table->counted && row < table->rows; row++) {
            const Row *whole = &table->row[row];
            if (whole->is_first && is_same(whole->group, breakdown.of)) {
                compare_row(table, whole, &breakdown, added, settled);
            }
        }
    }
    *settled = *settled && composites_hold(table);
}
