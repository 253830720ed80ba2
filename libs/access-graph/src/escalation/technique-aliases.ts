/**
 * The catalogue and the lab scenarios of pathfinding.cloud number three techniques differently: in the labs the one on instance
 * connect stands among those of EC2 and moves the later ones up. Ours are the catalogue's; these are the labs'.
 */
const aliases: Readonly<Record<string, readonly string[]>> = {
  "ec2-003": ["ec2-004"],
  "ec2-004": ["ec2-005"],
  "ec2instanceconnect-003": ["ec2-003"],
};

/** Other ids under which a technique is known. */
export const techniqueAliases = (id: string): readonly string[] => aliases[id] ?? [];
