package io.hawser.iot.enterprise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hawser.iot.device.DirectlyConnectedDevice;
import io.hawser.iot.registry.command.CommandState;
import io.hawser.iot.storage.StorageException;
import io.hawser.iot.storage.StorageObject;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Contents between an operator's program and a device of ours, both ways, kept in our hub. */
@Timeout(60)
class ExchangedContentsTest {
    @TempDir
    private Path folder;

    private final byte[] content = new byte[1 << 20];
    private Operations operations;
    private DirectlyConnectedDevice device;
    private io.hawser.iot.device.virtual.VirtualDevice pump;
    private EnterpriseClient operator;
    private VirtualDevice remote;

    @BeforeEach
    void start() throws Exception {
        new Random(5).nextBytes(content);
        operations = new Operations(folder);
        device = operations.device("pump-7");
        pump = operations.pump(device);
        operator = operations.neighbour("ops");
        remote = operator.createVirtualDevice("pump-7", Operations.URN);
    }

    @AfterEach
    void stop() {
        operations.close();
    }

    private StorageObject recipe(String name) throws Exception {
        StorageObject made = operator.createStorageObject(name, "text/plain");
        made.setInputPath(Files.write(folder.resolve(name), content));
        return made;
    }

    @Test
    void whatTheProgramGivesIsUploadedBeforeTheDeviceHearsOfItAndCanBeRead() throws Exception {
        Path to = folder.resolve("came");
        pump.setOnChange("picture", event -> {
            StorageObject come = device.createStorageObject((URI) event.change().value());
            come.setOutputPath(to);
            come.sync().get(20, TimeUnit.SECONDS);
        });
        Outcome outcome = remote.set("picture", recipe("recipe 1.txt")).get(20, TimeUnit.SECONDS);
        assertThat(outcome.state()).as(outcome.toString()).isEqualTo(Outcome.State.COMPLETED);
        assertThat(to).hasBinaryContent(content);

        CompletableFuture<Object> shown = new CompletableFuture<>();
        pump.setCallable("show", argument -> shown.complete(argument.orElseThrow()));
        StorageObject second = recipe("second");
        assertThat(remote.call("show", second).get(20, TimeUnit.SECONDS).isCompleted())
                .isTrue();
        assertThat(shown.get()).isEqualTo(second.getURI());
        assertThat(device.createStorageObject(second.getURI()).getLength()).hasValue(content.length);
    }

    @Test
    void whatTheDeviceSaysCanBeDownloaded() throws Exception {
        CompletableFuture<Object> said = new CompletableFuture<>();
        remote.setOnChange("picture", event -> said.complete(event.change().value()));
        StorageObject picture = device.createStorageObject("p.png", "image/png");
        picture.setInputPath(Files.write(folder.resolve("p.png"), content));
        pump.set("picture", picture);
        StorageObject come = operator.createStorageObject((URI) said.get(20, TimeUnit.SECONDS));
        assertThat(come.getType()).isEqualTo("image/png");
        come.setOutputPath(folder.resolve("copy.png"));
        come.sync().get(20, TimeUnit.SECONDS);
        assertThat(folder.resolve("copy.png")).hasBinaryContent(content);
    }

    @Test
    void aContentThatCannotBeUploadedIsNoOrder() throws Exception {
        StorageObject missing = operator.createStorageObject("nothing", "text/plain");
        missing.setInputPath(folder.resolve("there is no such file"));
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> remote.update()
                        .set("picture", missing)
                        .set("limit", 1)
                        .finish()
                        .get(20, TimeUnit.SECONDS))
                .withCauseInstanceOf(StorageException.class);
        assertThat(operations.cloud.<Long>ask(registry ->
                        CompletableFuture.completedFuture(registry.commands().count(CommandState.QUEUED))))
                .isZero();
    }
}
