package io.hawser.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.core.store.durable.DurableListener;
import io.hawser.core.store.object.ObjectName;
import io.hawser.core.store.object.Upload;
import io.hawser.core.store.object.UploadRequest;
import io.hawser.net.http.HttpResponse;
import io.hawser.store.local.LocalStore;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files over the admin listener. */
@Timeout(60)
class FilesTest extends AdminStage {
    private final Path data;

    FilesTest(@TempDir Path data) {
        super(Map.of("data", with(data, "hello, file").toString()));
        this.data = data;
    }

    private static Path with(Path data, String content) {
        try (LocalStore store = LocalStore.open(data, InstantSource.system(), DurableListener.NONE, failure -> {})) {
            Upload upload = store.objects()
                    .begin(UploadRequest.of(new ObjectName("gcs-7", "logs/one")))
                    .join();
            upload.write(ByteBuffer.wrap(content.getBytes(UTF_8))).join();
            upload.commit().join();
        }
        return data;
    }

    @Test
    void aDamagedFileBreaksTheConnectionInsteadOfEndingAsIfItWereWhole() throws Exception {
        HttpResponse whole = get("/api/v1/files/gcs-7/logs/one");
        assertThat(whole.text()).isEqualTo("hello, file");
        assertThat(whole.header("Content-Length")).contains("11");
        try (var files = Files.list(data.resolve("objects"))) {
            for (Path file : files.toList()) {
                byte[] bytes = Files.readAllBytes(file);
                bytes[0] ^= 1;
                Files.write(file, bytes);
            }
        }
        assertThatThrownBy(() -> get("/api/v1/files/gcs-7/logs/one"))
                .hasMessageContaining("before the answer was complete");
    }
}
