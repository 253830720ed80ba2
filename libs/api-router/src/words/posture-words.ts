/** Shown beside the score, word for word: nobody should have to guess what a number means. */
export const postureFormula =
  "Posture = 100 x (weight of passed checks) / (weight of all checks with a known answer). A check weighs more the more severe its rule is. " +
  "Checks without an answer count neither way; completeness says how many have one.";
