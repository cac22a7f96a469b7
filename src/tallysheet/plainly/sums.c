/* Whether the rows of tables add up and all equations hold: settled.py, where it says what is left out. */
#include "rows.h"

#include <string.h>

#define MOST_PARTS 64  /* a sum of so many counts does not overflow */

typedef struct {
    PyObject *of, *parts;
    int adds_up;
} Breakdown;

static Row *first_of(Table *table, PyObject *group, const Row *like)
{
    for (int index = 0; index < table->rows; index++) {
        Row *row = &table->row[index];
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
    int is_missing = missing == NULL ? 0 : PyObject_IsTrue(missing);
    if (is_missing < 0) {
        PyErr_Clear();
        return 0;
    }
    breakdown->adds_up = PyUnicode_CompareWithASCIIString(relation, "partition") == 0 && !is_missing;
    return 1;
}

/* Find the rows of a kind in the parts of a breakdown; returns how many parts have one. */
static Py_ssize_t find_parts(Table *table, const Row *whole, const Breakdown *breakdown, Row *parts[MOST_PARTS])
{
    Py_ssize_t found = 0;
    for (Py_ssize_t index = 0; index < PyList_Size(breakdown->parts); index++) {
        Row *part = first_of(table, PyList_GetItem(breakdown->parts, index), whole);
        if (part != NULL) {
            parts[found++] = part;
        }
    }
    return found;
}

static int is_sum(const Breakdown *breakdown, Py_ssize_t found)
{
    return breakdown->adds_up && found > 0 && found == PyList_Size(breakdown->parts);
}

static long long up_to(long long wanted, const Row *row)
{
    return wanted < row->most - row->events ? wanted : row->most - row->events;
}

/* Try more events where a percentage admits several counts and the row does not add up yet. */
static void balance_row(Table *table, Row *whole, const Breakdown *breakdown)
{
    Row *parts[MOST_PARTS];
    Py_ssize_t found = find_parts(table, whole, breakdown, parts);
    long long gap = whole->events;
    for (Py_ssize_t index = 0; index < found; index++) {
        gap -= parts[index]->events;
    }
    if (!is_sum(breakdown, found)) {
        return;
    }
    if (gap < 0) {
        whole->events += up_to(-gap, whole);
    }
    for (Py_ssize_t index = 0; gap > 0 && index < found; index++) {
        long long step = up_to(gap, parts[index]);
        parts[index]->events += step;
        gap -= step;
    }
}

/* Compare one row of the whole with its parts. */
static void compare_row(Table *table, const Row *whole, const Breakdown *breakdown, long *added, int *settled)
{
    Row *parts[MOST_PARTS];
    Py_ssize_t found = find_parts(table, whole, breakdown, parts);
    long long events = 0, total = 0;
    int each = 1, is_known = whole->least == whole->most;
    for (Py_ssize_t index = 0; index < found; index++) {
        const Row *part = parts[index];
        events += part->events;
        total += part->total;
        each &= part->events <= whole->events && part->total - part->events <= whole->total - whole->events;
        is_known &= part->least == part->most;
    }
    if (is_sum(breakdown, found)) {
        *settled &= events == whole->events;
        if (is_known) {
            *added = *added < 0 || events != whole->events || total != whole->total ? -1 : *added + 2;
        }
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

/* Whether the sums of one breakdown are not to be added up here: a count has to be worked out, or two are of one kind. */
static int is_unclear(Table *table, const Breakdown *breakdown)
{
    Py_ssize_t parts = PyList_Size(breakdown->parts);
    for (Py_ssize_t part = 0; part < parts; part++) {
        if (first_of(table, PyList_GetItem(breakdown->parts, part), NULL) == NULL) {
            return 0;
        }
    }
    return parts == 0 || !table->counted || has_twins(table);
}

void add_up(Table *table, PyObject *breakdowns, long *added, int *settled)
{
    *added = 0;
    *settled = table->counted;
    for (int row = 0; row < table->rows; row++) {
        table->row[row].events = table->row[row].least;
    }
    for (int is_trying = 1; is_trying >= 0; is_trying--) {
        for (Py_ssize_t index = 0; index < PyList_Size(breakdowns); index++) {
            Breakdown breakdown;
            if (!read_breakdown(table, PyList_GetItem(breakdowns, index), &breakdown)) {
                *added = -1;
                *settled = 0;
                return;
            }
            if (breakdown.adds_up && is_unclear(table, &breakdown)) {
                *added = -1;
            }
            for (int row = 0; table->counted && row < table->rows; row++) {
                Row *whole = &table->row[row];
                if (whole->is_first && is_same(whole->group, breakdown.of)) {
                    if (is_trying) {
                        balance_row(table, whole, &breakdown);
                    } else {
                        compare_row(table, whole, &breakdown, added, settled);
                    }
                }
            }
        }
    }
    *settled = *settled && composites_hold(table);
}
