package io.hawser.eftl.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;

/** How JSON is parsed here: strict, UTF-8 only, within limits. */
final class Json {
    private Json() {}

    static JsonFactory factory(EftlLimits limits) {
        StreamReadConstraints constraints = StreamReadConstraints.builder()
                .maxNestingDepth(2 * limits.maxDepth())
                .maxNumberLength(limits.maxNumberDigits())
                .build();
        // Names come from strangers: they must not end up in the JVM's table of interned strings.
        return new JsonFactoryBuilder()
                .streamReadConstraints(constraints)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .disable(JsonFactory.Feature.CHARSET_DETECTION)
                .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                .build();
    }

    /** What is wrong with the text, without repeating it. */
    static String reason(IOException failure) {
        if (failure instanceof StreamConstraintsException) {
            return "the JSON is nested too deep or holds too long a number";
        }
        if (failure instanceof JsonProcessingException at) {
            JsonLocation place = at.getLocation();
            if (place != null) {
                return "not valid JSON near byte " + Math.max(place.getByteOffset(), place.getCharOffset());
            }
        }
        return "not valid JSON";
    }
}
