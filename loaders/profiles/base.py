"""What a profile is: one kind of file, by what it is recognised and what becomes of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from loaders.facts import Facts
from loaders.files import Bundle
from loaders.recipes.signs import Signs
from loaders.reference import Reference
from loaders.tidy import Tidy


class Need(StrEnum):
    """Region facts that a profile cannot do without; the value tells an admin what to load first."""

    AREAS = "de codelijst van gemeenten (CBS 03759ned, codes-RegioS.json)"
    POSTCODES = "de regeling met de postcodes van samenwerkingsverbanden"
    SITES = "een adressenbestand van scholen"
    WEIGHTS = "het bestand met alle scholen als punten, met leerlingaantallen"


@dataclass(frozen=True)
class Profile:
    """One kind of file. `read` makes figures, `parse` finds region facts; exactly one is set.

    `stream` makes the figures of a long file by piece, `tried` is False for a kind
    of file that nobody had a real example of.
    """

    name: str
    publisher: str
    title: str
    licence: str
    signs: Signs
    needs: tuple[Need, ...] = ()
    read: Callable[[Bundle, Reference], Tidy] | None = None
    stream: Callable[[Bundle, Reference], Iterator[Tidy]] | None = None
    parse: Callable[[Bundle], Facts] | None = None
    tried: bool = True

    def recognise(self, bundle: Bundle) -> bool:
        """Whether a bundle is of this kind, by its content."""
        return self.signs.fits(bundle)

    def read_chunks(self, bundle: Bundle, reference: Reference) -> Iterator[Tidy]:
        """The figures of a bundle, in one piece or, of a long file, in several.

        Keys are unique over all pieces together. What is wrong may show only in a later piece.

        Raises:
            LoadRefused: the file holds anything wrong.
        """
        if self.stream is not None:
            yield from self.stream(bundle, reference)
        elif self.read is not None:
            yield self.read(bundle, reference)
