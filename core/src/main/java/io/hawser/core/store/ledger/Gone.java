package io.hawser.core.store.ledger;

import java.util.List;

/**
 * What a durable held that was purged or deleted; it is removed a piece at a time. Owner: the ledger's.
 *
 * @param number the number the durable had
 * @param held ids that were handed out before
 * @param waiting the rest
 */
record Gone(int number, List<Long> held, Line waiting) {}
