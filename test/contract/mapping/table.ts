/**
 * DESIGN §6's table, one line for each found state under each value of each key. Columns: what was found (a scene of `scenes.ts`) · keys of
 * the policy, of its gate where they belong there · the result looked at · its outcome · what follows from it · the verdict of the model ·
 * the codes of its reasons · the counts of all results · the exit code · the notes of the verdict.
 */
export const table = `
rule holds, proven       |                                              | accuracy/no-regression | pass | pass | pass | within-margin | pass 1 | 0 |
rule holds, proven       | severity: error                              | accuracy/no-regression | pass | pass | pass | within-margin | pass 1 | 0 |
rule holds, proven       | severity: warn                               | accuracy/no-regression | pass | pass | pass | within-margin | pass 1 | 0 |
rule holds, proven       | severity: info                               | accuracy/no-regression | pass | pass | pass | within-margin | pass 1 | 0 |
rule holds, proven       | on-inconclusive: fail                        | accuracy/no-regression | pass | pass | pass | within-margin | pass 1 | 0 |
bare numbers, within     |                                              | accuracy/no-regression | pass | pass | pass | within-margin+no-uncertainty | pass 1 | 0 |
gain proven              |                                              | accuracy/improvement   | pass | pass | pass | improvement-proven | pass 1 | 0 |
floor kept               |                                              | accuracy/min           | pass | pass | pass | within-limit | pass 1 | 0 |
rows pair, same          |                                              | accuracy/no-regression | pass | pass | pass | within-margin | pass 1 | 0 |

proven worse             |                                              | accuracy/no-regression | fail | fail | fail | worse-than-margin | fail 1 | 1 |
proven worse             | severity: error                              | accuracy/no-regression | fail | fail | fail | worse-than-margin | fail 1 | 1 |
proven worse             | severity: warn                               | accuracy/no-regression | fail | warn | warn | worse-than-margin | fail 1 | 0 |
proven worse             | severity: info                               | accuracy/no-regression | fail | pass | pass | worse-than-margin | fail 1 | 0 |
proven worse             | on-inconclusive: pass                        | accuracy/no-regression | fail | fail | fail | worse-than-margin | fail 1 | 1 |
bare numbers, beyond     |                                              | accuracy/no-regression | fail | fail | fail | worse-than-margin+no-uncertainty | fail 1 | 1 |
bare numbers, beyond     | severity: warn                               | accuracy/no-regression | fail | warn | warn | worse-than-margin+no-uncertainty | fail 1 | 0 |
gain refuted             |                                              | accuracy/improvement   | fail | fail | fail | no-improvement | fail 1 | 1 |
gain refuted             | severity: warn                               | accuracy/improvement   | fail | warn | warn | no-improvement | fail 1 | 0 |
gain refuted             | severity: info                               | accuracy/improvement   | fail | pass | pass | no-improvement | fail 1 | 0 |
floor broken             |                                              | accuracy/min           | fail | fail | fail | below-min | fail 1 | 1 |
floor broken             | severity: warn                               | accuracy/min           | fail | warn | warn | below-min | fail 1 | 0 |
floor broken             | severity: info                               | accuracy/min           | fail | pass | pass | below-min | fail 1 | 0 |
floor proven by an interval, the value below it |                       | accuracy/min           | fail | fail | fail | below-min | fail 1 | 1 |
ceiling broken           |                                              | accuracy/max           | fail | fail | fail | above-max | fail 1 | 1 |
ceiling broken           | severity: warn                               | accuracy/max           | fail | warn | warn | above-max | fail 1 | 0 |
ceiling broken           | severity: info                               | accuracy/max           | fail | pass | pass | above-max | fail 1 | 0 |
off target               |                                              | accuracy/near          | fail | fail | fail | off-target | fail 1 | 1 |
off target               | severity: warn                               | accuracy/near          | fail | warn | warn | off-target | fail 1 | 0 |
rows pair, worse         |                                              | accuracy/no-regression | fail | fail | fail | worse-than-margin | fail 1 | 1 |
rows pair, worse         | severity: info                               | accuracy/no-regression | fail | pass | pass | worse-than-margin | fail 1 | 0 |

neither proven           |                                              | accuracy/no-regression | inconclusive | warn | warn | too-uncertain | inconclusive 1 | 0 |
neither proven           | on-inconclusive: warn                        | accuracy/no-regression | inconclusive | warn | warn | too-uncertain | inconclusive 1 | 0 |
neither proven           | on-inconclusive: fail                        | accuracy/no-regression | inconclusive | fail | fail | too-uncertain | inconclusive 1 | 1 |
neither proven           | on-inconclusive: pass                        | accuracy/no-regression | inconclusive | pass | pass | too-uncertain | inconclusive 1 | 0 |
neither proven           | severity: warn                               | accuracy/no-regression | inconclusive | warn | warn | too-uncertain | inconclusive 1 | 0 |
neither proven           | severity: warn; on-inconclusive: fail        | accuracy/no-regression | inconclusive | warn | warn | too-uncertain | inconclusive 1 | 0 |
neither proven           | severity: warn; on-inconclusive: pass        | accuracy/no-regression | inconclusive | pass | pass | too-uncertain | inconclusive 1 | 0 |
neither proven           | severity: info                               | accuracy/no-regression | inconclusive | pass | pass | too-uncertain | inconclusive 1 | 0 |
neither proven           | severity: info; on-inconclusive: fail        | accuracy/no-regression | inconclusive | pass | pass | too-uncertain | inconclusive 1 | 0 |
neither proven           | severity: info; on-inconclusive: pass        | accuracy/no-regression | inconclusive | pass | pass | too-uncertain | inconclusive 1 | 0 |
neither proven           | gate on-inconclusive: warn                   | accuracy/no-regression | inconclusive | warn | warn | too-uncertain | inconclusive 1 | 0 |
neither proven           | gate on-inconclusive: fail                   | accuracy/no-regression | inconclusive | fail | fail | too-uncertain | inconclusive 1 | 1 |
neither proven           | gate on-inconclusive: pass                   | accuracy/no-regression | inconclusive | pass | pass | too-uncertain | inconclusive 1 | 0 |
neither proven           | gate on-inconclusive: fail; on-inconclusive: pass | accuracy/no-regression | inconclusive | fail | fail | too-uncertain | inconclusive 1 | 1 |
neither proven           | gate on-inconclusive: pass; on-inconclusive: fail | accuracy/no-regression | inconclusive | pass | pass | too-uncertain | inconclusive 1 | 0 |
gain open                |                                              | accuracy/improvement   | inconclusive | warn | warn | too-uncertain | inconclusive 1 | 0 |
gain open                | on-inconclusive: fail                        | accuracy/improvement   | inconclusive | fail | fail | too-uncertain | inconclusive 1 | 1 |
gain open                | on-inconclusive: pass                        | accuracy/improvement   | inconclusive | pass | pass | too-uncertain | inconclusive 1 | 0 |

metric absent            |                                              | accuracy/no-regression | missing | fail | fail | metric-missing | missing 1 | 1 |
metric absent            | on-missing-metric: fail                      | accuracy/no-regression | missing | fail | fail | metric-missing | missing 1 | 1 |
metric absent            | on-missing-metric: warn                      | accuracy/no-regression | missing | warn | warn | metric-missing | missing 1 | 0 |
metric absent            | severity: warn                               | accuracy/no-regression | missing | warn | warn | metric-missing | missing 1 | 0 |
metric absent            | severity: info                               | accuracy/no-regression | missing | pass | pass | metric-missing | missing 1 | 0 |
metric absent            | min: 0.5                                     | accuracy/no-regression | missing | fail | fail | metric-missing | missing 1 | 1 |
metric absent            | on-missing-baseline: warn; on-incomparable: warn; on-inconclusive: pass | accuracy/no-regression | missing | fail | fail | metric-missing | missing 1 | 1 |
metric undefined         |                                              | accuracy/no-regression | missing | fail | fail | metric-undefined | missing 1 | 1 |
metric undefined         | on-missing-metric: warn                      | accuracy/no-regression | missing | warn | warn | metric-undefined | missing 1 | 0 |
metric undefined         | min: 0.5                                     | accuracy/min           | missing | fail | fail | metric-undefined | missing 2 | 1 |
not finite               |                                              | accuracy/no-regression | missing | fail | fail | not-finite | missing 1 | 1 |
not finite               | on-missing-metric: fail                      | accuracy/no-regression | missing | fail | fail | not-finite | missing 1 | 1 |
not finite               | on-missing-metric: warn                      | accuracy/no-regression | missing | warn | warn | not-finite | missing 1 | 0 |
not finite               | max: 1                                       | accuracy/max           | missing | fail | fail | not-finite | missing 2 | 1 |
undefined in the baseline |                                             | accuracy/no-regression | missing | fail | fail | baseline-undefined | missing 1 | 1 |
undefined in the baseline | on-missing-metric: warn                     | accuracy/no-regression | missing | warn | warn | baseline-undefined | missing 1 | 0 |
undefined in the baseline | min: 0.5                                    | accuracy/min           | pass | pass | fail | within-limit | pass 1, missing 1 | 1 |
in both, twice           |                                              | accuracy/no-regression | missing | fail | fail | metric-ambiguous | missing 1 | 1 |
in both, twice           | on-missing-metric: warn                      | accuracy/no-regression | missing | warn | warn | metric-ambiguous | missing 1 | 0 |
share of zero            |                                              | accuracy/no-regression | missing | fail | fail | relative-undefined | missing 1 | 1 |
share of zero            | on-missing-metric: warn                      | accuracy/no-regression | missing | warn | warn | relative-undefined | missing 1 | 0 |
gate matches nothing     |                                              | no_such/presence       | missing | fail | fail | gate-matches-nothing | missing 1 | 1 |
gate matches nothing     | on-missing-metric: fail                      | no_such/presence       | missing | fail | fail | gate-matches-nothing | missing 1 | 1 |
gate matches nothing     | on-missing-metric: warn                      | no_such/presence       | missing | warn | warn | gate-matches-nothing | missing 1 | 0 |
gate matches nothing     | severity: warn                               | no_such/presence       | missing | warn | warn | gate-matches-nothing | missing 1 | 0 |
glob matches nothing     |                                              | task.*.acc/presence    | missing | fail | fail | gate-matches-nothing | missing 1 | 1 |
glob matches nothing     | on-missing-metric: warn                      | task.*.acc/presence    | missing | warn | warn | gate-matches-nothing | missing 1 | 0 |
key does not fit         |                                              | points/no-regression   | missing | fail | fail | policy-error | missing 1 | 1 |
key does not fit         | on-missing-metric: warn                      | points/no-regression   | missing | warn | warn | policy-error | missing 1 | 0 |
no slice column          |                                              | accuracy/presence[country=*] | missing | fail | fail | slice-column-missing | pass 1, missing 1 | 1 |
no slice column          | on-missing-metric: warn                      | accuracy/presence[country=*] | missing | warn | warn | slice-column-missing | pass 1, missing 1 | 0 |

only in the candidate    |                                              | accuracy/no-regression | skipped | warn | warn | metric-new | skipped 1 | 0 |
only in the candidate    | severity: info                               | accuracy/no-regression | skipped | pass | pass | metric-new | skipped 1 | 0 |
only in the candidate    | on-missing-metric: fail; on-missing-baseline: fail | accuracy/no-regression | skipped | warn | warn | metric-new | skipped 1 | 0 |
only in the candidate    | min: 0.9                                     | accuracy/no-regression | skipped | warn | warn | metric-new | pass 1, skipped 1 | 0 |
only in the candidate    | min: 0.9                                     | accuracy/min           | pass | pass | warn | within-limit | pass 1, skipped 1 | 0 |
only in the candidate    | min: 0.91                                    | accuracy/min           | fail | fail | fail | below-min | fail 1, skipped 1 | 1 |
only in the candidate    | max: 0.9                                     | accuracy/max           | pass | pass | warn | within-limit | pass 1, skipped 1 | 0 |
only in the candidate    | max: 0.89                                    | accuracy/max           | fail | fail | fail | above-max | fail 1, skipped 1 | 1 |
only in the candidate    | max: 0.89; severity: warn                    | accuracy/max           | fail | warn | warn | above-max | fail 1, skipped 1 | 0 |

eval set changed         |                                              | accuracy/no-regression | missing | fail | fail | eval-set-changed | incomparable 1 | 1 |
eval set changed         | on-incomparable: fail                        | accuracy/no-regression | missing | fail | fail | eval-set-changed | incomparable 1 | 1 |
eval set changed         | on-incomparable: warn                        | accuracy/no-regression | missing | warn | warn | eval-set-changed | incomparable 1 | 0 |
eval set changed         | on-missing-metric: warn; on-missing-baseline: warn | accuracy/no-regression | missing | fail | fail | eval-set-changed | incomparable 1 | 1 |
eval set changed         | severity: warn                               | accuracy/no-regression | missing | warn | warn | eval-set-changed | incomparable 1 | 0 |
eval set changed         | severity: info                               | accuracy/no-regression | missing | pass | pass | eval-set-changed | incomparable 1 | 0 |
eval set changed         | min: 0.91                                    | accuracy/min           | fail | fail | fail | below-min | fail 1, incomparable 1 | 1 |
eval set changed         | accept-eval-set: the new one                 | accuracy/no-regression | pass | pass | pass | within-margin | pass 1 | 0 | eval-set-accepted
eval set changed         | accept-eval-set: another                     | accuracy/no-regression | missing | fail | fail | eval-set-changed | incomparable 1 | 1 |
eval set changed         | accept-eval-set: another; on-incomparable: warn | accuracy/no-regression | missing | warn | warn | eval-set-changed | incomparable 1 | 0 |
eval set changed, worse  | accept-eval-set: the new one                 | accuracy/no-regression | fail | fail | fail | worse-than-margin | fail 1 | 1 | eval-set-accepted
eval set of one side     |                                              | accuracy/no-regression | missing | fail | fail | eval-set-unknown | incomparable 1 | 1 |
eval set of one side     | on-incomparable: warn                        | accuracy/no-regression | missing | warn | warn | eval-set-unknown | incomparable 1 | 0 |
eval set of one side     | accept-eval-set: the new one                 | accuracy/no-regression | missing | fail | fail | eval-set-unknown | incomparable 1 | 1 |
eval set of no side      |                                              | accuracy/no-regression | pass | pass | pass | within-margin | pass 1 | 0 | eval-set-not-checked
ids differ               |                                              | accuracy/no-regression | missing | fail | fail | unpaired | incomparable 1 | 1 |
ids differ               | on-incomparable: fail                        | accuracy/no-regression | missing | fail | fail | unpaired | incomparable 1 | 1 |
ids differ               | on-incomparable: warn                        | accuracy/no-regression | missing | warn | warn | unpaired | incomparable 1 | 0 |
labels differ            |                                              | accuracy/no-regression | missing | fail | fail | labels-differ | incomparable 1 | 1 |
labels differ            | on-incomparable: fail                        | accuracy/no-regression | missing | fail | fail | labels-differ | incomparable 1 | 1 |
labels differ            | on-incomparable: warn                        | accuracy/no-regression | missing | warn | warn | labels-differ | incomparable 1 | 0 |
labels differ, no eval-set |                                            | accuracy/no-regression | missing | fail | fail | eval-set-changed | incomparable 1 | 1 |
rows dropped             |                                              | accuracy/no-regression | missing | fail | fail | unpaired | incomparable 1 | 1 |
rows dropped             | on-incomparable: fail                        | accuracy/no-regression | missing | fail | fail | unpaired | incomparable 1 | 1 |
rows dropped             | on-incomparable: warn                        | accuracy/no-regression | missing | warn | warn | unpaired | incomparable 1 | 0 |
dropped, rows not kept   |                                              | accuracy/no-regression | missing | fail | fail | unpaired | incomparable 1 | 1 |
rows in other slices     |                                              | accuracy/presence[country=*] | missing | fail | fail | slices-differ | pass 1, incomparable 1 | 1 |
rows in other slices     | on-incomparable: warn                        | accuracy/presence[country=*] | missing | warn | warn | slices-differ | pass 1, incomparable 1 | 0 |

no baseline              |                                              | baseline               | missing | fail | fail | baseline-missing | missing 1, skipped 1 | 1 |
no baseline              | on-missing-baseline: fail                    | baseline               | missing | fail | fail | baseline-missing | missing 1, skipped 1 | 1 |
no baseline              | on-missing-baseline: warn                    | baseline               | missing | warn | warn | baseline-missing | missing 1, skipped 1 | 0 |
no baseline              |                                              | accuracy/no-regression | skipped | fail | fail | baseline-missing | missing 1, skipped 1 | 1 |
no baseline              | on-missing-baseline: warn                    | accuracy/no-regression | skipped | warn | warn | baseline-missing | missing 1, skipped 1 | 0 |
no baseline              | on-missing-metric: warn; on-incomparable: warn | baseline             | missing | fail | fail | baseline-missing | missing 1, skipped 1 | 1 |
no baseline, by records  |                                              | baseline               | missing | fail | fail | baseline-missing | missing 1, skipped 1 | 1 |
baseline expired         |                                              | baseline               | missing | fail | fail | baseline-expired | missing 1, skipped 1 | 1 |
baseline expired         | on-missing-baseline: fail                    | baseline               | missing | fail | fail | baseline-expired | missing 1, skipped 1 | 1 |
baseline expired         | on-missing-baseline: warn                    | baseline               | missing | warn | warn | baseline-expired | missing 1, skipped 1 | 0 |
first run                |                                              | baseline               | missing | warn | warn | first-run | missing 1, skipped 1 | 0 |
first run                | on-missing-baseline: fail                    | baseline               | missing | warn | warn | first-run | missing 1, skipped 1 | 0 |
first run                | on-missing-baseline: warn                    | baseline               | missing | warn | warn | first-run | missing 1, skipped 1 | 0 |
first run                | min: 0.91                                    | accuracy/min           | fail | fail | fail | below-min | fail 1, missing 1, skipped 1 | 1 |
new and another left out |                                              | baseline               | missing | fail | fail | left-out | missing 1, skipped 1 | 1 |
new and another left out | on-missing-baseline: fail                    | baseline               | missing | fail | fail | left-out | missing 1, skipped 1 | 1 |
new and another left out | on-missing-baseline: warn                    | baseline               | missing | warn | warn | left-out | missing 1, skipped 1 | 0 |
new beside others        |                                              | baseline               | missing | warn | warn | first-run | missing 1, skipped 1 | 0 |
left out, by records     |                                              | baseline               | missing | fail | fail | left-out | missing 1, skipped 1 | 1 |
left out, by records     | on-missing-baseline: warn                    | baseline               | missing | warn | warn | left-out | missing 1, skipped 1 | 0 |
baseline no document     |                                              | baseline               | missing | fail | fail | baseline-unreadable | missing 1, skipped 1 | 1 |
baseline no document     | on-missing-baseline: fail                    | baseline               | missing | fail | fail | baseline-unreadable | missing 1, skipped 1 | 1 |
baseline no document     | on-missing-baseline: warn                    | baseline               | missing | warn | warn | baseline-unreadable | missing 1, skipped 1 | 0 |
baseline of version 2    |                                              | baseline               | missing | fail | fail | baseline-unreadable | missing 1, skipped 1 | 1 |
store out of reach       |                                              | baseline               | missing | fail | fail | store-unavailable | missing 1, skipped 1 | 1 |
store out of reach       | on-missing-baseline: warn                    | baseline               | missing | warn | warn | store-unavailable | missing 1, skipped 1 | 0 |
floor, no baseline       |                                              | accuracy/min           | fail | fail | fail | below-min | fail 1 | 1 |
floor, no baseline       | min: 0.9                                     | accuracy/min           | pass | pass | pass | within-limit | pass 1 | 0 |
drop and floor, none     | on-missing-baseline: warn                    | accuracy/min           | fail | fail | fail | below-min | fail 1, missing 1, skipped 1 | 1 |
ancestor, 20 days old    |                                              | baseline               | skipped | warn | warn | baseline-stale | pass 1, skipped 1 | 0 |
ancestor, 20 days old    | max-age: 19d                                 | baseline               | skipped | warn | warn | baseline-stale | pass 1, skipped 1 | 0 |
ancestor, 20 days old    | max-age: 20d                                 | accuracy/no-regression | pass | pass | pass | within-margin | pass 1 | 0 |
base, 20 days old        |                                              | accuracy/no-regression | pass | pass | pass | within-margin | pass 1 | 0 |

slice of 96 rows, worse  |                                              | accuracy/no-regression[country=BR] | skipped | pass | pass | too-few-rows | pass 2, skipped 1 | 0 | slices-not-judged
slice of 96 rows, worse  | min-support: 97                              | accuracy/no-regression[country=BR] | skipped | pass | pass | too-few-rows | pass 2, skipped 1 | 0 | slices-not-judged
slice of 96 rows, worse  | min-support: 96                              | accuracy/no-regression[country=BR] | fail | fail | fail | worse-than-margin | pass 2, fail 1 | 1 |
slice of 96 rows, worse  | min-support: 1                               | accuracy/no-regression[country=BR] | fail | fail | fail | worse-than-margin | pass 2, fail 1 | 1 |
slice of 96 rows, worse  | min-support: 96; severity: warn              | accuracy/no-regression[country=BR] | fail | warn | warn | worse-than-margin | pass 2, fail 1 | 0 |
only slices, all small   |                                              | accuracy/presence      | missing | fail | fail | nothing-judged | missing 1, skipped 1 | 1 | slices-not-judged
only slices, all small   | on-missing-metric: warn                      | accuracy/presence      | missing | warn | warn | nothing-judged | missing 1, skipped 1 | 0 | slices-not-judged
only slices, all small   | min-support: 96                              | accuracy/no-regression[country=BR] | fail | fail | fail | worse-than-margin | fail 1 | 1 |
slice only in the baseline |                                            | accuracy/no-regression[country=BR] | missing | fail | fail | metric-missing | pass 2, missing 1 | 1 |
slice only in the baseline | on-missing-metric: warn                    | accuracy/no-regression[country=BR] | missing | warn | warn | metric-missing | pass 2, missing 1 | 0 |
rows, one slice worse    |                                              | accuracy/no-regression[country=BR] | fail | fail | fail | worse-than-margin | pass 1, fail 2 | 1 |
slice that shrinks       |                                              | accuracy/no-regression[country=BR] | missing | fail | fail | slice-shrunk | pass 2, incomparable 1 | 1 |
slice that shrinks       | on-incomparable: warn                        | accuracy/no-regression[country=BR] | missing | warn | warn | slice-shrunk | pass 2, incomparable 1 | 0 |
slice that shrinks       | min-support: 3                               | accuracy/no-regression[country=BR] | fail | fail | fail | worse-than-margin | pass 2, fail 1 | 1 |
slice that shrinks       | min-support: 301                             | accuracy/no-regression[country=BR] | skipped | pass | pass | too-few-rows | pass 2, skipped 1 | 0 | slices-not-judged
slice that grows         |                                              | accuracy/no-regression[country=BR] | fail | fail | fail | worse-than-margin | pass 2, fail 1 | 1 |
slice that only the candidate counts |                                  | accuracy/no-regression[country=BR] | fail | fail | fail | worse-than-margin | pass 2, fail 1 | 1 |
slice that shrinks with the eval set | accept-eval-set: the new one                 | accuracy/no-regression[country=BR] | skipped | pass | pass | too-few-rows | pass 2, skipped 1 | 0 | eval-set-accepted+slices-not-judged
200 slices               |                                              | accuracy/no-regression[country=c199] | pass | pass | pass | within-margin | pass 201 | 0 |
201 slices               |                                              | accuracy/presence[slices] | missing | fail | fail | too-many-slices | pass 1, missing 1 | 1 |
201 slices               | on-missing-metric: fail                      | accuracy/presence[slices] | missing | fail | fail | too-many-slices | pass 1, missing 1 | 1 |
201 slices               | on-missing-metric: warn                      | accuracy/presence[slices] | missing | warn | warn | too-many-slices | pass 1, missing 1 | 0 |

proven worse             | waiver: {gate: accuracy}                     | accuracy/no-regression | fail | warn | warn | worse-than-margin+waived | fail 1, waived 1 | 0 |
proven worse             | waiver: {gate: accuracy/no-regression}       | accuracy/no-regression | fail | warn | warn | worse-than-margin+waived | fail 1, waived 1 | 0 |
proven worse             | waiver: {gate: "acc*"}                       | accuracy/no-regression | fail | warn | warn | worse-than-margin+waived | fail 1, waived 1 | 0 |
proven worse             | waiver: {gate: accuracy/min}                 | accuracy/no-regression | fail | fail | fail | worse-than-margin | fail 1 | 1 | waiver-unused
proven worse             | waiver: {gate: accuracy, until: "2026-11-20"} | accuracy/no-regression | fail | warn | warn | worse-than-margin+waived | fail 1, waived 1 | 0 |
proven worse             | waiver: {gate: accuracy, until: "2026-11-19"} | accuracy/no-regression | fail | fail | fail | worse-than-margin | fail 1 | 1 | waiver-expired
proven worse             | waiver: {gate: accuracy, model: other}       | accuracy/no-regression | fail | fail | fail | worse-than-margin | fail 1 | 1 |
proven worse             | min: 0.85; waiver: {gate: accuracy/min}      | accuracy/no-regression | fail | fail | fail | worse-than-margin | fail 2, waived 1 | 1 |
rule holds, proven       | waiver: {gate: accuracy}                     | accuracy/no-regression | pass | pass | pass | within-margin | pass 1 | 0 | waiver-unused
neither proven           | waiver: {gate: accuracy}; on-inconclusive: fail | accuracy/no-regression | inconclusive | warn | warn | too-uncertain+waived | inconclusive 1, waived 1 | 0 |
metric absent            | waiver: {gate: accuracy}                     | accuracy/no-regression | missing | warn | warn | metric-missing+waived | missing 1, waived 1 | 0 |
gate matches nothing     | waiver: {gate: no_such}                      | no_such/presence       | missing | warn | warn | gate-matches-nothing+waived | missing 1, waived 1 | 0 |
eval set changed         | waiver: {gate: accuracy}                     | accuracy/no-regression | missing | warn | warn | eval-set-changed+waived | incomparable 1, waived 1 | 0 |
no baseline              | waiver: {gate: accuracy}                     | baseline               | missing | fail | fail | baseline-missing | missing 1, skipped 1, waived 1 | 1 |
slice of 96 rows, worse  | min-support: 96; waiver: {gate: "accuracy/no-regression[country=BR]"} | accuracy/no-regression[country=BR] | fail | warn | warn | worse-than-margin+waived | pass 2, fail 1, waived 1 | 0 |

earlier attempt worse    |                                              | accuracy/no-regression | pass | fail | fail | within-margin+earlier-attempt | pass 1 | 1 |
earlier attempt worse    | on-rerun: worst                              | accuracy/no-regression | pass | fail | fail | within-margin+earlier-attempt | pass 1 | 1 |
earlier attempt worse    | on-rerun: latest                             | accuracy/no-regression | pass | pass | pass | within-margin | pass 1 | 0 | earlier-attempt-ignored
earlier attempt worse    | severity: warn                               | accuracy/no-regression | pass | pass | pass | within-margin | pass 1 | 0 |
earlier attempt worse    | waiver: {gate: accuracy}                     | accuracy/no-regression | pass | pass | pass | within-margin | pass 1 | 0 | waiver-unused
first of three worse     |                                              | accuracy/no-regression | pass | fail | fail | within-margin+earlier-attempt | pass 1 | 1 |
earlier attempt better   | on-rerun: worst                              | accuracy/no-regression | fail | fail | fail | worse-than-margin | fail 1 | 1 |
earlier attempt better   | on-rerun: latest                             | accuracy/no-regression | fail | fail | fail | worse-than-margin | fail 1 | 1 | earlier-attempt-ignored
earlier attempt open     |                                              | accuracy/no-regression | pass | pass | pass | within-margin | pass 1 | 0 |
earlier attempt the same | on-rerun: worst                              | accuracy/no-regression | pass | pass | pass | within-margin | pass 1 | 0 |
earlier attempt the same | on-rerun: latest                             | accuracy/no-regression | pass | pass | pass | within-margin | pass 1 | 0 |
earlier without metric   |                                              | accuracy/no-regression | pass | fail | fail | within-margin+earlier-attempt | pass 1 | 1 |
earlier without metric   | on-rerun: latest                             | accuracy/no-regression | pass | pass | pass | within-margin | pass 1 | 0 | earlier-attempt-ignored

units differ             |                                              | latency_p95/no-regression | missing | fail | fail | unit-differs | incomparable 1 | 1 |
units differ             | on-incomparable: warn                        | latency_p95/no-regression | missing | warn | warn | unit-differs | incomparable 1 | 0 |
units differ             | max: 150                                     | latency_p95/max | missing | fail | fail | unit-differs | incomparable 2 | 1 |
unit of one side         |                                              | latency_p95/no-regression | fail | fail | fail | worse-than-margin+no-uncertainty | fail 1 | 1 |

within, beyond the warn-margin |                                        | accuracy/no-regression | pass | warn | warn | within-margin+beyond-warn-margin | pass 1 | 0 |
within, beyond the warn-margin | severity: info                         | accuracy/no-regression | pass | pass | pass | within-margin+beyond-warn-margin | pass 1 | 0 |
moved, and must not      |                                              | accuracy/equivalence   | fail | fail | fail | changed | fail 1 | 1 |
unmoved                  |                                              | accuracy/equivalence   | pass | pass | pass | unchanged | pass 1 | 0 |
move open                |                                              | accuracy/equivalence   | inconclusive | warn | warn | too-uncertain | inconclusive 1 | 0 |
move open                | on-inconclusive: fail                        | accuracy/equivalence   | inconclusive | fail | fail | too-uncertain | inconclusive 1 | 1 |
floor inside the interval |                                             | accuracy/min           | inconclusive | warn | warn | too-uncertain | inconclusive 1 | 0 |
floor inside the interval | on-inconclusive: fail                       | accuracy/min           | inconclusive | fail | fail | too-uncertain | inconclusive 1 | 1 |
floor to be proven, bare number |                                       | accuracy/min           | inconclusive | warn | warn | too-uncertain+no-uncertainty | inconclusive 1 | 0 |
no past runs             |                                              | accuracy/history       | skipped | pass | pass | history-too-short | skipped 1 | 0 | history-not-kept
groups without rows      |                                              | accuracy/fairness[country] | missing | fail | fail | groups-missing | missing 1 | 1 |
groups without rows      | on-missing-metric: warn                      | accuracy/fairness[country] | missing | warn | warn | groups-missing | missing 1 | 0 |
negative metric, share of it |                                          | accuracy/no-regression | missing | fail | fail | relative-undefined | missing 1 | 1 |
all values tie           |                                              | accuracy/improvement   | fail | fail | fail | no-improvement | fail 1 | 1 |

one class only           |                                              | roc_auc/no-regression  | missing | fail | fail | metric-undefined | missing 1 | 1 | prediction-from-score+prediction-from-score
one class on both sides  |                                              | roc_auc/no-regression  | missing | fail | fail | metric-undefined | missing 1 | 1 | prediction-from-score
constant predictions     |                                              | roc_auc/no-regression  | fail | fail | fail | worse-than-margin | fail 1 | 1 | prediction-from-score+prediction-from-score
no probabilities         |                                              | log_loss/no-regression | missing | fail | fail | metric-undefined | missing 1 | 1 | prediction-missing
one row more             |                                              | accuracy/no-regression | missing | fail | fail | unpaired | incomparable 1 | 1 |
one row more, pairing: intersection | pairing: intersection             | accuracy/no-regression | pass | pass | pass | within-margin | pass 1 | 0 | pairing-intersection
30 rows less, pairing: intersection | pairing: intersection              | accuracy/no-regression | pass | pass | pass | within-margin | pass 1 | 0 | pairing-intersection
31 rows less, pairing: intersection | pairing: intersection              | pairing                | missing | warn | warn | rows-left-out | pass 1, incomparable 1 | 0 | pairing-intersection
31 rows less, pairing: intersection | pairing: intersection; max-drop: 0.0001 | pairing           | missing | warn | warn | rows-left-out | inconclusive 1, incomparable 1 | 0 | pairing-intersection
a slice less, pairing: intersection | pairing: intersection              | accuracy/no-regression[country=BR] | missing | fail | fail | slice-shrunk | pass 2, incomparable 2 | 1 | pairing-intersection
three rows               |                                              | accuracy/no-regression | inconclusive | warn | warn | too-uncertain+low-n | inconclusive 1 | 0 |
nine rows, all off alike |                                              | mae/no-regression      | inconclusive | warn | warn | too-uncertain+low-n | inconclusive 1 | 0 |
nine rows, all the same  |                                              | mae/no-regression      | inconclusive | warn | warn | too-uncertain+low-n | inconclusive 1 | 0 |
nine rows, a median of the same |                                       | median_ae/no-regression | inconclusive | warn | warn | too-uncertain+low-n | inconclusive 1 | 0 |
nine rows, a standard error of zero |                                   | accuracy/no-regression | inconclusive | warn | warn | too-uncertain+low-n | inconclusive 1 | 0 |
nine rows, a ceiling     |                                              | mae/max                | inconclusive | warn | warn | too-uncertain | inconclusive 1 | 0 |
nine rows, a ceiling     | max: 1                                       | mae/max                | fail | fail | fail | above-max | fail 1 | 1 |
ten rows, all off alike  |                                              | mae/no-regression      | fail | fail | fail | worse-than-margin+low-n | fail 1 | 1 |
ten rows, all the same   |                                              | mae/no-regression      | pass | pass | pass | within-margin+low-n | pass 1 | 0 |
ten rows, a ceiling      |                                              | mae/max                | pass | pass | pass | within-limit | pass 1 | 0 |
three rows, the same     |                                              | accuracy/no-regression | inconclusive | warn | warn | too-uncertain+low-n | inconclusive 1 | 0 |
a label that the baseline has not |                                     | accuracy/no-regression | missing | fail | fail | task-changed | incomparable 1 | 1 |

push, proven worse       |                                              | accuracy/no-regression | fail | fail | fail | worse-than-margin | fail 1 | 0 |
push, metric absent      |                                              | accuracy/no-regression | missing | fail | fail | metric-missing | missing 1 | 0 |
`;

/** One line of the table. */
export interface Line {
  found: string;
  keys: string;
  id: string;
  /** The rest of the line: what must come out. */
  expected: string;
}

/** The lines, spaces squeezed. */
export function lines(): Line[] {
  return table
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => {
      const [found = "", keys = "", id = "", ...rest] = line.split("|").map((cell) => cell.trim());
      return { found, keys, id, expected: rest.join(" | ").trim() };
    });
}
