package io.hawser.iot.registry;

import io.hawser.iot.registry.command.CommandLimits;
import io.hawser.iot.registry.history.HistoryLimits;
import io.hawser.iot.registry.kept.RegistryException;
import java.util.List;
import java.util.Map;

/**
 * How much the registry takes; beyond it whoever asks is refused.
 *
 * @param devices the most devices, decommissioned ones included
 * @param applications the most applications
 * @param integrations the most integrations
 * @param models the most device models
 * @param modelBytes the longest device model
 * @param idLength the longest name or id, in characters
 * @param textLength the longest description or piece of metadata, in characters
 * @param entries the most pieces of metadata, and the most device models, of one device
 * @param commands how many commands wait and are kept
 * @param history how much is kept of what devices say
 */
public record RegistryLimits(
        int devices,
        int applications,
        int integrations,
        int models,
        int modelBytes,
        int idLength,
        int textLength,
        int entries,
        CommandLimits commands,
        HistoryLimits history) {
    /** 100,000 devices, 1,000 of each other kind, models of 256 KiB, names of 128 characters, texts of 2,048, 64 of them. */
    public static final RegistryLimits DEFAULT = new RegistryLimits(
            100_000, 1_000, 1_000, 1_000, 256 << 10, 128, 2_048, 64, CommandLimits.DEFAULT, HistoryLimits.DEFAULT);

    /** These limits with another number of devices. */
    public RegistryLimits withDevices(int newDevices) {
        return new RegistryLimits(
                newDevices,
                applications,
                integrations,
                models,
                modelBytes,
                idLength,
                textLength,
                entries,
                commands,
                history);
    }

    /** These limits with others for commands. */
    public RegistryLimits withCommands(CommandLimits newCommands) {
        return new RegistryLimits(
                devices,
                applications,
                integrations,
                models,
                modelBytes,
                idLength,
                textLength,
                entries,
                newCommands,
                history);
    }

    /** These limits with others for what devices say. */
    public RegistryLimits withHistory(HistoryLimits newHistory) {
        return new RegistryLimits(
                devices,
                applications,
                integrations,
                models,
                modelBytes,
                idLength,
                textLength,
                entries,
                commands,
                newHistory);
    }

    void checkRoom(String what, int count, int most) {
        if (count >= most) {
            throw RegistryException.limit(
                    "there are " + count + " " + what + ", and the limit is " + most + "; remove some, or raise it");
        }
    }

    /** {@code id} must be a text that a person can type. */
    void checkId(String what, String id) {
        checkLength(what, id, idLength);
        if (id.isBlank()) {
            throw RegistryException.invalid(what + " is empty; give one");
        }
        if (id.chars().anyMatch(Character::isISOControl)) {
            throw RegistryException.invalid(what + " has control characters in it; leave them out");
        }
    }

    void checkText(String what, String text) {
        checkLength(what, text, textLength);
    }

    private static void checkLength(String what, String text, int most) {
        if (text.length() > most) {
            throw RegistryException.limit(
                    what + " has " + text.length() + " characters, and the limit is " + most + "; say it shorter");
        }
    }

    void checkMetadata(Map<String, String> metadata) {
        checkCount("pieces of metadata", metadata.size());
        metadata.forEach((name, value) -> {
            checkId("a name of metadata", name);
            checkText("metadata " + name, value);
        });
    }

    void checkModels(List<String> urns) {
        checkCount("device models", urns.size());
        urns.forEach(urn -> checkId("a URN of a device model", urn));
    }

    private void checkCount(String what, int count) {
        if (count > entries) {
            throw RegistryException.limit(count + " " + what + " are too many for one device; the limit is " + entries);
        }
    }
}
