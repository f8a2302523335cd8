export { type Actor, By, Cookies, type Reach, reaches } from './actor.ts';
export { requestContext, requestId } from './context.ts';
export { ENDPOINT, GATE, Handles, Input, parseInput } from './handles.ts';
export { type Handled, openApi, openApiPage } from './openapi.ts';
export { orProblem, Problem, problem } from './problem.ts';
export { ProblemFilter } from './problem.filter.ts';
export { addressOf, PublicUrl } from './public-url.ts';
export { pagePolicy } from './page-policy.ts';
