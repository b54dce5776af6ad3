package io.hawser.store.rack;

import io.hawser.core.store.shelf.Book;
import io.hawser.core.store.shelf.Desk;
import io.hawser.core.store.shelf.Shelf;
import io.hawser.core.store.shelf.Turn;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A family of the database as a shelf. Belongs to whoever opens the store, then to the writer. */
public record RackShelf(Rack rack, Family family) implements Shelf {
    @Override
    public Optional<byte[]> get(byte[] key) {
        return rack.get(family, key);
    }

    @Override
    public void walk(byte[] from, Visitor visitor) {
        rack.walk(family, from, visitor);
    }

    /** {@code book}, which lives on this shelf, as a part of the store. */
    public Part part(Book book) {
        return new BookPart(this, book);
    }

    /** Where work on this shelf is handed to {@code writer}. */
    public Desk desk(Writer writer) {
        return new WriterDesk(this, writer);
    }

    private record BookPart(RackShelf shelf, Book book) implements Part {
        @Override
        public void turn(Round round) {
            book.turn(new RoundTurn(shelf, round));
        }

        @Override
        public long due() {
            return book.due();
        }
    }

    private record WriterDesk(RackShelf shelf, Writer writer) implements Desk {
        @Override
        public <T> CompletableFuture<T> submit(long bytes, CompletableFuture<T> done, Consumer<Turn> work) {
            return writer.submit(bytes, done, round -> work.accept(new RoundTurn(shelf, round)));
        }

        @Override
        public <T> CompletableFuture<T> grow(long bytes, CompletableFuture<T> done, Consumer<Turn> work) {
            return writer.grow(bytes, done, round -> work.accept(new RoundTurn(shelf, round)));
        }
    }

    /** The piece of a round that is about one shelf: every change of it is on stable storage before it is told. */
    private record RoundTurn(RackShelf shelf, Round round) implements Turn {
        @Override
        public long now() {
            return round.now();
        }

        @Override
        public Optional<byte[]> get(byte[] key) {
            return changes().get(shelf.rack, shelf.family, key);
        }

        @Override
        public void walk(byte[] from, Visitor visitor) {
            changes().walk(shelf.rack, shelf.family, from, visitor);
        }

        @Override
        public void put(byte[] key, byte[] value) {
            round.put(shelf.family, key, value);
            round.sync();
        }

        @Override
        public void delete(byte[] key) {
            round.delete(shelf.family, key);
            round.sync();
        }

        @Override
        public void afterwards(Runnable news) {
            round.afterwards(news);
        }

        private Changes changes() {
            return round.changes(shelf.family);
        }
    }
}
