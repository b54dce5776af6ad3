package io.hawser.eftl.gateway.kept;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.bytes.ByteWriter;
import io.hawser.core.bytes.BytesException;
import org.junit.jupiter.api.Test;

class LineageRecordTest {
    @Test
    void readsWhatItWrote() throws BytesException {
        LineageRecord record = new LineageRecord("client", "token", "before", "user", "lineage", 7);
        assertThat(LineageRecord.TYPE.read(2, LineageRecord.TYPE.write(record))).isEqualTo(record);
    }

    @Test
    void readsWhatVersion1Wrote() throws BytesException {
        byte[] bytes = new ByteWriter()
                .text("client")
                .text("token")
                .text("user")
                .text("lineage")
                .number(7)
                .toByteArray();
        assertThat(LineageRecord.TYPE.read(1, bytes))
                .isEqualTo(new LineageRecord("client", "token", "", "user", "lineage", 7));
    }
}
