import { lambdaNames, planOf, titleOf } from '../../plan.ts'
import { textAt, type Graph } from '../graph.ts'
import { isSame, type Rule } from './rule.ts'

const clocks = (graph: Graph) => graph.all('cloudwatch/eventRule:EventRule')

/** A permission for one rule of ours to call a Lambda; without its source anybody's rule could. */
const isOurClock = (graph: Graph, inputs: Readonly<Record<string, unknown>>): boolean =>
  inputs['principal'] === 'events.amazonaws.com' &&
  clocks(graph).some(({ outputs }) => outputs['arn'] === inputs['sourceArn'])

/** True where the rule of a Lambda ticks, has that Lambda as its one target, and may call it. */
function isCalled(graph: Graph, name: string): boolean {
  const rule = graph.find('cloudwatch/eventRule:EventRule', `${titleOf(name)}Schedule`)
  const lambda = graph.find('lambda/function:Function', `${titleOf(name)}Function`)
  const targets = graph
    .all('cloudwatch/eventTarget:EventTarget')
    .filter(({ inputs }) => inputs['rule'] === rule?.outputs['name'])
  return (
    rule !== undefined &&
    rule.inputs['isEnabled'] !== false &&
    !textAt(rule.inputs, 'state').startsWith('DISABLED') &&
    isSame(
      targets.map(({ inputs }) => inputs['arn']),
      [lambda?.outputs['arn']],
    ) &&
    graph
      .all('lambda/permission:Permission')
      .some(
        ({ inputs }) =>
          inputs['action'] === 'lambda:InvokeFunction' &&
          inputs['function'] === lambda?.outputs['name'] &&
          inputs['sourceArn'] === rule.outputs['arn'],
      )
  )
}

export const clockRules: readonly Rule[] = [
  {
    name: 'no Lambda can be called by a stranger',
    find: (graph) =>
      ['lambda/functionUrl:FunctionUrl', 'lambda/permission:Permission', 'apigatewayv2/api:Api']
        .flatMap((type) => graph.all(type))
        .filter(({ inputs }) => !isOurClock(graph, inputs))
        .map(({ name }) => `${name} opens a Lambda`),
  },
  {
    name: 'the clock calls the Lambdas that are planned for it, and no other',
    find: (graph) => {
      const planned = lambdaNames.filter((name) => planOf(name).everyMinutes !== undefined)
      const wanted = planned.map((name) => {
        const minutes = planOf(name).everyMinutes
        return `${titleOf(name)}Schedule rate(${minutes} minute${minutes === 1 ? '' : 's'})`
      })
      const made = clocks(graph).map(({ name, inputs }) => `${name} ${textAt(inputs, 'scheduleExpression')}`)
      return [
        ...(isSame(made.toSorted(), wanted.toSorted()) ? [] : [`schedules: ${made.join(', ')}`]),
        ...planned.filter((name) => !isCalled(graph, name)).map((name) => `${name} is not called`),
      ]
    },
  },
]
