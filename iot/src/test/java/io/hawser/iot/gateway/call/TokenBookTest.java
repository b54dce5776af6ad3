package io.hawser.iot.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tokens and their end. */
class TokenBookTest {
    private static final Holder DEVICE = new Holder.Endpoint("device", 1);
    private static final Holder OTHER = new Holder.Endpoint("other", 1);

    private final AtomicInteger number = new AtomicInteger();
    private Instant now = Instant.EPOCH;
    private final TokenBook book =
            new TokenBook(() -> "token-" + number.incrementAndGet(), () -> now, Duration.ofHours(1), 10);

    private List<String> issue(Holder holder, int count) {
        return IntStream.range(0, count).mapToObj(i -> book.issue(holder)).toList();
    }

    @Test
    void aTokenIsGoodForSoLongAndNoLonger() {
        String token = book.issue(DEVICE);
        now = now.plus(Duration.ofHours(1)).minusMillis(1);
        assertThat(book.holder(token)).contains(DEVICE);
        now = now.plusMillis(1);
        assertThat(book.holder(token)).isEmpty();
        book.issue(OTHER);
        assertThat(book.size()).isEqualTo(1);
    }

    @Test
    void soManyOfOneHolderAreGoodAndItsOldestIsNot() {
        String kept = book.issue(OTHER);
        List<String> tokens = issue(DEVICE, 9);
        assertThat(tokens.stream().filter(token -> book.holder(token).isPresent()))
                .containsExactlyElementsOf(tokens.subList(1, 9));
        assertThat(book.holder(kept)).contains(OTHER);
    }

    @Test
    void soManyAreGoodInAllAndTheOldestIsNot() {
        List<String> first = issue(DEVICE, 5);
        List<String> second = issue(OTHER, 5);
        assertThat(book.holder(first.get(0))).isPresent();
        String one = book.issue(OTHER);
        assertThat(book.holder(first.get(0))).isEmpty();
        assertThat(book.holder(first.get(1))).contains(DEVICE);
        assertThat(book.holder(second.get(0))).contains(OTHER);
        assertThat(book.holder(one)).contains(OTHER);
        assertThat(book.size()).isEqualTo(10);
    }

    @Test
    void noneOfAHolderIsGoodWhoIsRevoked() {
        List<String> tokens = issue(DEVICE, 2);
        String other = book.issue(OTHER);
        book.revoke(DEVICE);
        assertThat(tokens).allSatisfy(token -> assertThat(book.holder(token)).isEmpty());
        assertThat(book.holder(other)).contains(OTHER);
    }
}
