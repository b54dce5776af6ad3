package io.hawser.app.config;

import com.typesafe.config.Config;
import io.hawser.core.match.TopicPattern;
import io.hawser.eftl.link.LinkSettings;
import io.hawser.net.tls.TlsTrust;
import io.hawser.net.tls.UnusableTlsException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the section {@code links}: any number of named links, each on top of the same template. */
final class LinksSection {
    private final Settings links;
    private final Config template;

    LinksSection(Settings links, Config template) {
        this.links = links;
        this.template = template;
    }

    /** The links, ordered by name. */
    List<LinkSettings> read() {
        List<LinkSettings> all = new ArrayList<>();
        for (String name : links.names()) {
            Settings link = links.section(name, template);
            TlsTrust trust = trust(link);
            List<TopicPattern> in = topics(link, "topics-in");
            List<TopicPattern> out = topics(link, "topics-out");
            String token = link.hidden("token", text -> text).orElse("");
            link.hidden("url", url -> new LinkSettings(name, url, token, trust, in, out))
                    .ifPresent(settings -> {
                        guarded(link, settings);
                        all.add(settings);
                    });
        }
        return all;
    }

    private static void guarded(Settings link, LinkSettings settings) {
        boolean guarded =
                settings.addresses().stream().allMatch(at -> "wss".equalsIgnoreCase(at.getScheme()) || Loopback.is(at));
        if (!link.yes("insecure") && !guarded) {
            link.secretly(
                    "url",
                    "is not encrypted, the password neither: use wss://, or set " + link.path("insecure")
                            + " = true if you trust that whole network");
        }
    }

    private static List<TopicPattern> topics(Settings link, String name) {
        List<TopicPattern> topics = new ArrayList<>();
        link.texts(name, text -> {
            try {
                topics.add(TopicPattern.parse(text));
                return "";
            } catch (IllegalArgumentException wrong) {
                return String.valueOf(wrong.getMessage());
            }
        });
        return topics;
    }

    private static TlsTrust trust(Settings link) {
        Optional<String> file = link.textIfAny("trust");
        try {
            return file.map(path -> TlsTrust.pem(Path.of(path))).orElseGet(TlsTrust::system);
        } catch (UnusableTlsException | InvalidPathException unusable) {
            link.problem("trust", "cannot be used: " + unusable.getMessage());
            return TlsTrust.system();
        }
    }
}
