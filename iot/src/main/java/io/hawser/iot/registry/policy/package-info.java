/** Device policies: what devices work out for themselves before they send something ({@code specs/iot.md} 4), and who follows which. */
@NullMarked
package io.hawser.iot.registry.policy;

import org.jspecify.annotations.NullMarked;
