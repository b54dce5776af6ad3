package io.hawser.ivy.gateway.paparazzi;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParser;
import javax.xml.parsers.SAXParserFactory;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.Locator;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.ext.DefaultHandler2;

/**
 * Reads a {@code messages.xml} of Paparazzi UAV, version 1.0 of pprzlink: {@code protocol}, {@code msg_class}, {@code message} and
 * {@code field}, of which names and types matter. Nothing but the file itself is read, whatever it refers to.
 */
public final class PaparazziFile extends DefaultHandler2 {
    private static final int MAX_BYTES = 16 << 20;
    private static final int MAX_MESSAGES = 10_000;
    private static final int MAX_FIELDS = 1_000;
    private static final int SHOWN = 5;

    private final Map<String, PaparazziMessage> messages = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();
    private final List<PaparazziField> fields = new ArrayList<>();
    private @Nullable Locator place;
    private String kind = "";
    private String name = "";

    private PaparazziFile() {}

    /**
     * The messages of the file at {@code path}.
     *
     * @throws IllegalArgumentException with a text for the user, with line numbers, if it is no such file
     */
    public static PaparazziMessages read(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IllegalArgumentException("is longer than " + (MAX_BYTES >> 20) + " MiB");
            }
            return read(bytes);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("cannot be read: " + unreadable, unreadable);
        }
    }

    /** The same of the file's bytes. */
    static PaparazziMessages read(byte[] xml) throws IOException {
        PaparazziFile file = new PaparazziFile();
        try {
            parser().parse(new ByteArrayInputStream(xml), file);
        } catch (SAXParseException wrong) {
            file.problems.add("line " + wrong.getLineNumber() + ": " + wrong.getMessage());
        } catch (SAXException | ParserConfigurationException wrong) {
            file.problems.add(String.valueOf(wrong.getMessage()));
        }
        if (file.problems.isEmpty() && file.messages.isEmpty()) {
            file.problems.add("there is no message in it");
        }
        if (!file.problems.isEmpty()) {
            List<String> shown = file.problems.subList(0, Math.min(SHOWN, file.problems.size()));
            throw new IllegalArgumentException("is no messages.xml: " + String.join("; ", shown)
                    + (shown.size() < file.problems.size()
                            ? "; and " + (file.problems.size() - shown.size()) + " more"
                            : ""));
        }
        return new PaparazziMessages(file.messages);
    }

    private static SAXParser parser() throws ParserConfigurationException, SAXException {
        SAXParserFactory factory = SAXParserFactory.newDefaultInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
        factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        return factory.newSAXParser();
    }

    @Override
    public InputSource resolveEntity(String publicId, String systemId) {
        return new InputSource(new StringReader(""));
    }

    @Override
    public InputSource resolveEntity(
            @Nullable String entity, @Nullable String publicId, @Nullable String base, String systemId) {
        return new InputSource(new StringReader(""));
    }

    @Override
    public void setDocumentLocator(Locator locator) {
        place = locator;
    }

    @Override
    public void startElement(String uri, String local, String element, Attributes attributes) {
        switch (element) {
            case "msg_class" -> kind = attribute(element, attributes, "name");
            case "message" -> {
                name = attribute(element, attributes, "name");
                fields.clear();
            }
            case "field" -> field(attribute(element, attributes, "name"), attribute(element, attributes, "type"));
            default -> {
                // descriptions, and what later versions add
            }
        }
    }

    @Override
    public void endElement(String uri, String local, String element) {
        if (!element.equals("message")) {
            return;
        }
        if (messages.size() == MAX_MESSAGES) {
            problem("there are more than " + MAX_MESSAGES + " messages");
        }
        if (messages.size() < MAX_MESSAGES
                && !name.isEmpty()
                && messages.put(name, new PaparazziMessage(kind, name, fields)) != null) {
            problem("there are two messages '" + name + "'");
        }
        name = "";
    }

    private void field(String called, String type) {
        try {
            PaparazziField field = PaparazziField.of(called, type);
            if (fields.stream().anyMatch(other -> other.name().equals(called))) {
                problem("message '" + name + "' has two fields '" + called + "'");
            } else if (fields.size() < MAX_FIELDS) {
                fields.add(field);
            } else {
                problem("message '" + name + "' has more than " + MAX_FIELDS + " fields");
            }
        } catch (IllegalArgumentException wrong) {
            problem(String.valueOf(wrong.getMessage()));
        }
    }

    private String attribute(String element, Attributes attributes, String wanted) {
        String value = attributes.getValue(wanted);
        if (value == null || !value.matches("[^\\s\\p{Cntrl}]{1,200}")) {
            problem("<" + element + "> needs a " + wanted + " without spaces");
            return "";
        }
        return value;
    }

    private void problem(String what) {
        problems.add((place == null ? "" : "line " + place.getLineNumber() + ": ") + what);
    }
}
