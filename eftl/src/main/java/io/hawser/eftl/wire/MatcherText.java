package io.hawser.eftl.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.hawser.core.match.ContentMatcher;
import io.hawser.core.match.ContentMatcher.Predicate;
import io.hawser.core.value.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads content matchers ({@code specs/eftl.md} 1.16); whatever else is refused with err 22. Thread-safe. */
final class MatcherText {
    private final EftlLimits limits;
    private final JsonFactory factory;

    MatcherText(EftlLimits limits, JsonFactory factory) {
        this.limits = limits;
        this.factory = factory;
    }

    ContentMatcher read(String text) throws ProtocolException {
        if (!Utf8.fits(text, limits.maxMatcherBytes())) {
            throw invalid("the matcher is longer than " + limits.maxMatcherBytes() + " bytes");
        }
        if (text.isBlank()) {
            return ContentMatcher.ALL;
        }
        try (JsonParser parser = factory.createParser(text)) {
            ContentMatcher matcher = read(parser);
            if (parser.nextToken() != null) {
                throw invalid("text after the matcher");
            }
            return matcher;
        } catch (IOException malformed) {
            throw invalid("the matcher is wrong: " + Json.reason(malformed));
        }
    }

    private ContentMatcher read(JsonParser parser) throws IOException, ProtocolException {
        JsonToken token = parser.nextToken();
        if (token == JsonToken.VALUE_NULL) {
            return ContentMatcher.ALL;
        }
        if (token != JsonToken.START_OBJECT) {
            throw invalid("a matcher must be a JSON object");
        }
        List<Predicate> predicates = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            if (name.isEmpty() || !Utf8.fits(name, limits.maxNameBytes())) {
                throw invalid("a name in a matcher has 1 to " + limits.maxNameBytes() + " bytes");
            }
            if (!names.add(name)) {
                throw invalid("the matcher names " + name + " twice");
            }
            predicates.add(predicate(name, parser));
        }
        return predicates.isEmpty() ? ContentMatcher.ALL : new ContentMatcher(predicates);
    }

    private Predicate predicate(String name, JsonParser parser) throws IOException, ProtocolException {
        return switch (parser.nextToken()) {
            case VALUE_TRUE -> new ContentMatcher.Present(name);
            case VALUE_FALSE -> new ContentMatcher.Absent(name);
            case VALUE_STRING -> new ContentMatcher.Equal(name, Value.of(string(name, parser.getText())));
            case VALUE_NUMBER_INT -> {
                if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
                    throw invalid("the number for " + name + " does not fit 64 bits");
                }
                yield new ContentMatcher.Equal(name, Value.of(parser.getLongValue()));
            }
            default -> throw invalid("the value for " + name + " must be a string, an integer, true or false");
        };
    }

    private String string(String name, String text) throws ProtocolException {
        if (!Utf8.fits(text, limits.maxNameBytes())) {
            throw invalid("the text for " + name + " is longer than " + limits.maxNameBytes() + " bytes");
        }
        return text;
    }

    private static ProtocolException invalid(String reason) {
        return ProtocolException.refusal(EftlError.SUBSCRIPTION_INVALID, reason);
    }
}
