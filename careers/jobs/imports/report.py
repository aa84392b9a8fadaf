"""What an import did, line by line and in one line."""

from dataclasses import dataclass, field

from .record import BadRecord

#: A report keeps this many bad lines; all are counted, and told as they come.
MOST_KEPT = 500
MOST_EXAMPLES = 3
#: Feeds that go wrong can have a different note in every record.
MOST_KINDS_OF_NOTES = 200
_OTHER_NOTES = "other notes"


@dataclass(slots=True)
class Note:
    """Something left out or left alone, how often, and where first."""

    count: int = 0
    examples: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Report:
    """The counts of one import; each record read is in exactly one of them."""

    dry_run: bool = False
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    held: int = 0  # as drafts
    past: int = 0  # new or changed, and closed already by the feed
    bad: int = 0
    duplicates: int = 0
    gone: int = 0  # left the source
    bad_records: list[BadRecord] = field(default_factory=list)
    notes: dict[str, Note] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    is_part: bool = False  # the feed says that it does not hold all that is open
    ended_early: str = ""
    closes_nothing: str = ""

    @property
    def good(self) -> int:
        return (
            self.new
            + self.changed
            + self.unchanged
            + self.held
            + self.past
            + self.duplicates
        )

    @property
    def read(self) -> int:
        return self.good + self.bad

    def add_bad(self, record: BadRecord) -> None:
        self.bad += 1
        if len(self.bad_records) < MOST_KEPT:
            self.bad_records.append(record)

    def add_note(self, text: str, where: str) -> None:
        if text not in self.notes and len(self.notes) >= MOST_KINDS_OF_NOTES:
            text = _OTHER_NOTES
        note = self.notes.setdefault(text, Note())
        note.count += 1
        if len(note.examples) < MOST_EXAMPLES:
            note.examples.append(where)

    def note_lines(self) -> list[str]:
        return [
            f"{text}: {note.count:,} ({', '.join(note.examples)}"
            f"{' …' if note.count > len(note.examples) else ''})"
            for text, note in self.notes.items()
        ]

    def lines(self) -> list[str]:
        """What should be known beside the counts."""
        told = [*self.note_lines(), *self.remarks]
        if self.ended_early:
            told.append(f"{self.ended_early} What was read before is kept.")
        if self.closes_nothing:
            told.append(f"Nothing was closed: {self.closes_nothing}.")
        return told

    def line(self) -> str:
        """The one line of counts that ends an import."""
        counts = [
            f"{self.new:,} new",
            f"{self.changed:,} changed",
            f"{self.unchanged:,} unchanged",
            f"{self.held:,} held as drafts (no role read)",
            f"{self.past + self.gone:,} closed",
            f"{self.bad:,} bad",
        ]
        if self.duplicates:
            counts.append(f"{self.duplicates:,} given twice")
        dry = "Dry run, nothing was written: " if self.dry_run else ""
        return f"{dry}{self.read:,} read: {', '.join(counts)}."
