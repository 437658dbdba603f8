/** How long the soak tests run, from the environment. */
export const settings = {
  /** How often a process is killed. */
  rounds: fromEnvironment('FOXDEN_SOAK_ROUNDS', 50),
  /** Of mixed operations on one driver. */
  seconds: fromEnvironment('FOXDEN_SOAK_SECONDS', 120),
  /** The same seed kills at the same moments, as far as the machine allows. */
  seed: fromEnvironment('FOXDEN_SOAK_SEED', 1),
};

function fromEnvironment(name: string, otherwise: number): number {
  const text = process.env[name];
  if (text === undefined) return otherwise;
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1) throw new Error(`${name} must be a whole number above 0.`);
  return number;
}
