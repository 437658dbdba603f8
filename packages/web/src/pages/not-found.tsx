import { ProblemPage } from './problem.js';

export function Page() {
  return <ProblemPage problem={{ kind: 'not-found' }} />;
}
