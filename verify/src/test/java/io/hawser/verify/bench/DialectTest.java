package io.hawser.verify.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What the loader counts is what stands on the wire, wherever reads cut it. */
class DialectTest {
    private static final long FIRST = Publication.FIRST;
    private static final Dialect EFTL = new EftlDialect(true);
    private static final Dialect MQTT = new MqttDialect();

    private final Tally tally = new Tally(FIRST);

    @Test
    void countsEventsAndAcknowledgementsOfShortAndLongFrames() {
        take(EFTL, bytes(event(FIRST, 40), acknowledgement(FIRST), event(FIRST + 1, 400), acknowledgement(FIRST + 1)));
        assertThat(tally.received()).isEqualTo(2);
        assertThat(tally.next()).isEqualTo(FIRST + 2);
        assertThat(tally.nextAcknowledged()).isEqualTo(FIRST + 2);
        assertThat(tally.disordered()).isZero();
    }

    @Test
    void countsTheSameWhereverAnEftlStreamIsCut() {
        byte[] stream = bytes(event(FIRST, 40), event(FIRST + 1, 400), acknowledgement(FIRST));
        for (int cut = 0; cut <= stream.length; cut++) {
            assertWholeWhenCut(EFTL, stream, cut);
        }
    }

    @Test
    void countsTheSameWhereverAnMqttStreamIsCut() {
        byte[] stream = bytes(published(FIRST, 40), published(FIRST + 1, 400));
        for (int cut = 0; cut <= stream.length; cut++) {
            assertWholeWhenCut(MQTT, stream, cut);
        }
    }

    @Test
    void heartbeatsAreNoDeliveries() {
        take(EFTL, frame("{\"op\":0}"));
        assertThat(tally.received()).isZero();
    }

    @Test
    void aGapIsNoDisorderButLeavesTheCountShort() {
        take(MQTT, bytes(published(FIRST, 40), published(FIRST + 3, 40)));
        assertThat(tally.received()).isEqualTo(2);
        assertThat(tally.next()).isEqualTo(FIRST + 4);
        assertThat(tally.disordered()).isZero();
    }

    @Test
    void aRepeatedMessageIsDisorder() {
        take(MQTT, bytes(published(FIRST, 40), published(FIRST, 40)));
        assertThat(tally.disordered()).isEqualTo(1);
    }

    @Test
    void refusesWhatTheBenchmarkDoesNotExpect() {
        assertRefused(EFTL, frame("{\"op\":10,\"err\":1,\"reason\":\"no\"}"));
        assertRefused(EFTL, frame("{\"op\":9,\"seq\":1000000000,\"err\":11,\"reason\":\"no\"}"));
        assertRefused(EFTL, frame("{\"op\":7,\"to\":\"1\",\"seq\":1,\"body\":{\"n\":\"without a number\"}}"));
        assertRefused(EFTL, new byte[] {(byte) 0x88, 2, 3, (byte) 0xE8});
        assertRefused(EFTL, new byte[] {(byte) 0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0});
        assertRefused(MQTT, new byte[] {(byte) 0xD0, 0, 0, 0});
        assertRefused(MQTT, new byte[] {0x32, 4, 0, 1, 'k', 0});
        assertRefused(MQTT, new byte[] {0x30, -1, -1, -1, -1, 1, 0, 0});
    }

    @Test
    void acknowledgementsMustComeInTurn() {
        assertRefused(EFTL, acknowledgement(FIRST + 1));
    }

    @Test
    void aPublicationOfEftlIsMaskedAndCarriesItsNumberTwice() {
        Publication publication = EFTL.publication("k", 128, true);
        ByteBuffer out = ByteBuffer.allocate(2 * publication.length());
        publication.write(out, FIRST);
        publication.write(out, FIRST + 57);
        String expected = "{\"op\":8,\"seq\":1000000057,\"body\":"
                + Publication.body("k", 128).replace("##########", "1000000057") + "}";
        byte[] frame = Arrays.copyOfRange(out.array(), publication.length(), out.position());
        assertThat(frame).startsWith(0x81, 0x80 | 126, 0, expected.length());
        byte[] text = new byte[expected.length()];
        for (int i = 0; i < text.length; i++) {
            text[i] = (byte) (frame[8 + i] ^ frame[4 + (i & 3)]);
        }
        assertThat(new String(text, US_ASCII)).isEqualTo(expected);
    }

    @Test
    void bodiesAreAsLongAsAskedInEveryProtocol() {
        assertThat(Publication.body("key", 128)).hasSize(128);
        assertThat(MQTT.publication("key", 128, false).length()).isEqualTo(3 + 2 + 3 + 128);
        assertThatThrownBy(() -> Publication.body("key", 10)).isInstanceOf(IllegalArgumentException.class);
    }

    private void assertWholeWhenCut(Dialect dialect, byte[] stream, int cut) {
        Tally whole = new Tally(FIRST);
        ByteBuffer in = ByteBuffer.allocate(1024).put(stream, 0, cut).flip();
        dialect.take(in, whole);
        dialect.take(in.compact().put(stream, cut, stream.length - cut).flip(), whole);
        assertThat(in.remaining()).as("left after a cut at %d", cut).isZero();
        assertThat(whole.received()).as("received with a cut at %d", cut).isEqualTo(2);
        assertThat(whole.disordered()).as("disordered with a cut at %d", cut).isZero();
    }

    private void assertRefused(Dialect dialect, byte[] stream) {
        assertThatThrownBy(() -> take(dialect, stream)).isInstanceOf(IllegalStateException.class);
    }

    private void take(Dialect dialect, byte[] stream) {
        ByteBuffer in = ByteBuffer.allocate(1024).put(stream).flip();
        dialect.take(in, tally);
        assertThat(in.remaining()).isZero();
    }

    private static byte[] event(long number, int bytes) {
        String body = Publication.body("k", bytes).replace("##########", Long.toString(number));
        return frame("{\"op\":7,\"to\":\"1\",\"seq\":3,\"body\":" + body + "}");
    }

    private static byte[] acknowledgement(long number) {
        return frame("{\"op\":9,\"seq\":" + number + "}");
    }

    /** A server's frame: not masked. */
    private static byte[] frame(String text) {
        ByteBuffer frame = ByteBuffer.allocate(4 + text.length()).put((byte) 0x81);
        if (text.length() < 126) {
            frame.put((byte) text.length());
        } else {
            frame.put((byte) 126).putShort((short) text.length());
        }
        frame.put(text.getBytes(US_ASCII));
        return Arrays.copyOf(frame.array(), frame.position());
    }

    private static byte[] published(long number, int bytes) {
        Publication publication = MQTT.publication("k", bytes, false);
        ByteBuffer out = ByteBuffer.allocate(publication.length());
        publication.write(out, number);
        return out.array();
    }

    private static byte[] bytes(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
