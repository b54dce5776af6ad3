/** What must outlive the program, in one file of SQLite: messages with guaranteed delivery, and what policies hold back. */
@NullMarked
package io.hawser.iot.dispatch.kept;

import org.jspecify.annotations.NullMarked;
