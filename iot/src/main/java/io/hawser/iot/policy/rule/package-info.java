/** What a device policy says: pipelines of functions with their parameters ({@code specs/iot.md} 4.1, 4.2), read and checked. Pure. */
@NullMarked
package io.hawser.iot.policy.rule;

import org.jspecify.annotations.NullMarked;
