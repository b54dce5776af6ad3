/** Device policies at work: values and messages go through pipelines before they are sent ({@code specs/iot.md} 4). Pure but for the {@code PolicyStore}, which reads and writes files; time, randomness and ids are handed in. */
@NullMarked
package io.hawser.iot.policy;

import org.jspecify.annotations.NullMarked;
