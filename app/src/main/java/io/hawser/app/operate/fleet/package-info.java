/** The command line for a fleet of clever-show copters. */
@NullMarked
package io.hawser.app.operate.fleet;

import org.jspecify.annotations.NullMarked;
