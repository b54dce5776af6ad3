/** What is done with the messages that somebody listens to: printed, counted, written into files. */
@NullMarked
package io.hawser.app.listen;

import org.jspecify.annotations.NullMarked;
