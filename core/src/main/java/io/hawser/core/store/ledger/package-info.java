/** What is true of durables on every engine that has one owner for them: who gets what, when, how often, and for how long. */
@NullMarked
package io.hawser.core.store.ledger;

import org.jspecify.annotations.NullMarked;
