"""What a collection says so far: for each outcome and condition one row a study, pooled where that is sound.

All is computed from plain records, as the bundled schema describes them, by pure functions:

- `evidence_of(collection)`, or `summarise(records, outcomes, conditions)` for plain values and labels, returns an
  `Evidence`; `select` returns the bare `Selection`.
- `Evidence.sections(outcome, condition)` are the `Section`s: a `Measure` (outcome, condition, label, basis) with its
  `rows` (one a study), `reviews` (shown, never counted), `left_out` (what and why) and `overlaps`.
- `Evidence.pooled(section)` is a `Pooled` or a `Refused`; `pool(counts, overlaps)` is the same of plain counts.
- `Evidence.sum(section)`, `add_up(rows, overlaps)` and `sum_of(section)` add events and patients, never of cohorts that
  may overlap, and hold what they left out. `Evidence.patients()` are the cells of the map.
- `wilson(events, total)` and `clopper_pearson(events, total)` are intervals, as proportions.
- `forest(evidence, outcome, condition=None)`, `evidence_map(evidence)` and `prisma(flow, record, title)` return SVG
  documents; `style=False` leaves their style out, for a page that brings `STYLE`. `table_of(section)`,
  `map_table(evidence)` and `boxes_of(flow)` are the same as tables, for those who do not see them. Ids in a drawing are
  `forest-OUTCOME[-CONDITION]-title` and `-desc`, `evidence-map-...`, `flow-RECORD-...`: each drawing once a page.
- `as_text`, `as_json` and `as_csv` write sections.

docs/evidence.md says what is counted, by which formulas, and what is refused.
"""

from tallysheet.evidence.counts import Sum, add_up, patients_in, sum_of
from tallysheet.evidence.drawing import STYLE
from tallysheet.evidence.forest import forest, table_of
from tallysheet.evidence.gaps import evidence_map, map_table
from tallysheet.evidence.intervals import clopper_pearson, wilson
from tallysheet.evidence.listing import as_csv, as_json, as_text
from tallysheet.evidence.measures import LeftOut, Measure, Row, Section
from tallysheet.evidence.pooling import Pooled, Refused, pool
from tallysheet.evidence.prisma import boxes_of, prisma
from tallysheet.evidence.selection import Selection, select
from tallysheet.evidence.summary import Evidence, evidence_of, summarise

__all__ = [
    "STYLE",
    "Evidence",
    "LeftOut",
    "Measure",
    "Pooled",
    "Refused",
    "Row",
    "Section",
    "Selection",
    "Sum",
    "add_up",
    "as_csv",
    "as_json",
    "as_text",
    "boxes_of",
    "clopper_pearson",
    "evidence_map",
    "evidence_of",
    "forest",
    "map_table",
    "patients_in",
    "pool",
    "prisma",
    "select",
    "sum_of",
    "summarise",
    "table_of",
    "wilson",
]
