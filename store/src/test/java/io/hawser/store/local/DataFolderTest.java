package io.hawser.store.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.core.store.StoreException;
import io.hawser.core.store.durable.DurableListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir
    private Path temp;

    private void refused(Path folder, String why) {
        assertThatThrownBy(() -> LocalStore.open(folder, InstantSource.system(), DurableListener.NONE, failure -> {}))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining(why);
    }

    @Test
    void isLockedAgainstASecondHub() {
        Path folder = temp.resolve("a/b");
        Scene first = new Scene(folder);
        refused(folder, "is in use by another hub; stop that hub, or give this one another folder");
        first.close();
        new Scene(folder).close();
    }

    @Test
    void newerDataIsRefusedAndLeftAlone() throws IOException {
        Path folder = temp.resolve("data");
        new Scene(folder).close();
        assertThat(folder.resolve("format")).hasContent("hawser data 2");
        Files.writeString(folder.resolve("format"), "hawser data 3\n");
        refused(
                folder,
                "holds data of format 3, this version of hawser reads up to 2; start the version that wrote it");
        assertThat(folder.resolve("format")).hasContent("hawser data 3");
        for (String damaged : List.of("?", "hawser data 0", "hawser data 1234567890")) {
            Files.writeString(folder.resolve("format"), damaged);
            refused(folder, "'format' that is damaged");
        }
        Files.writeString(folder.resolve("format"), "hawser data 2\n");
        new Scene(folder).close();
    }

    @Test
    void olderDataIsMarkedWhenAHubOpensItAndNotWhenItIsChecked() throws IOException {
        Path folder = temp.resolve("data");
        FormatTest.unpack("format-1.zip", folder);
        assertThat(Fsck.check(folder)).isEmpty();
        assertThat(folder.resolve("format")).hasContent("hawser data 1");
        new Scene(folder).close();
        assertThat(folder.resolve("format")).hasContent("hawser data 2");
        assertThat(folder.resolve("format.new")).doesNotExist();
    }

    @Test
    void aFileInThePlaceOfTheObjectsIsToldInWords() throws IOException {
        Path folder = temp.resolve("data");
        new Scene(folder).close();
        Path objects = folder.resolve("objects");
        Files.delete(objects);
        Files.writeString(objects, "x");
        refused(folder, "the folder " + objects + " cannot be used: " + objects + " is a file, not a folder");
    }

    @Test
    void aFolderOfSomethingElseIsNotTouched() throws IOException {
        Files.writeString(temp.resolve("holiday.jpg"), "x");
        refused(temp, "holds something else than a hub's data (holiday.jpg)");
        refused(
                temp.resolve("holiday.jpg"),
                "cannot be used: " + temp.resolve("holiday.jpg") + " is a file, not a folder");
    }
}
