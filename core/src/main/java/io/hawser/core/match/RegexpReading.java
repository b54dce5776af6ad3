package io.hawser.core.match;

import java.util.Map;

/**
 * What {@link RegexpReader} found out about a pattern.
 *
 * @param text the pattern for either engine
 * @param groups how many groups capture
 * @param names which of them have a name, in order, from 0
 * @param required what every match must contain
 * @param metered true if steps measure what java.util.regex does with it
 */
record RegexpReading(
        RegexpText text, int groups, Map<String, Integer> names, RequiredLiterals required, boolean metered) {}
