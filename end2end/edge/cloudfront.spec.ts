import { eventually, Footfall } from '../support/footfall.ts';
import { counted, expect, test } from './fixtures.ts';

// A stand-in for Amazon's API that checks signatures and policies (moto); cargo xtask test edge starts one.
const API = process.env.END2END_AWS;

const DISTRIBUTION = `<DistributionConfig xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><CallerReference>1</CallerReference>
  <Origins><Quantity>1</Quantity><Items><Origin><Id>footfall</Id><DomainName>origin.example</DomainName><CustomOriginConfig>
  <HTTPPort>80</HTTPPort><HTTPSPort>443</HTTPSPort><OriginProtocolPolicy>https-only</OriginProtocolPolicy></CustomOriginConfig></Origin>
  </Items></Origins><DefaultCacheBehavior><TargetOriginId>footfall</TargetOriginId><ViewerProtocolPolicy>allow-all</ViewerProtocolPolicy>
  </DefaultCacheBehavior><Comment>Footfall</Comment><Enabled>true</Enabled></DistributionConfig>`;

/** Asks the API as somebody it does not check. */
async function amazon(service: string, path: string, body?: string | URLSearchParams): Promise<string> {
  const scope = `AWS4-HMAC-SHA256 Credential=nobody/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;
  const answer = await fetch(API + path, { method: body ? 'POST' : 'GET', headers: { authorization: scope }, body });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.text();
}

/** So many requests are not checked; all after them are. */
const unchecked = (requests: number) => fetch(`${API}/moto-api/reset-auth`, { method: 'POST', body: String(requests) });

const within = (xml: string, name: string) => [...xml.matchAll(new RegExp(`<${name}>(.*?)</${name}>`, 'g'))].map(([, text]) => text);

const iam = (action: string, more: Record<string, string> = {}) =>
  amazon('iam', '/', new URLSearchParams({ Action: action, Version: '2010-05-08', UserName: 'footfall', ...more }));

test('CloudFront is told which paths are not true any more, once, in a request of the least rights', async () => {
  test.skip(!API, 'END2END_AWS names no stand-in for the API');
  await fetch(`${API}/moto-api/reset`, { method: 'POST' });
  await unchecked(4);
  const distribution = within(await amazon('cloudfront', '/2020-05-31/distribution', DISTRIBUTION), 'Id')[0];
  await iam('CreateUser');
  // What the template's PurgePolicy allows; the stand-in knows no single distributions.
  const statement = { Effect: 'Allow', Action: 'cloudfront:CreateInvalidation', Resource: '*' };
  await iam('PutUserPolicy', { PolicyName: 'purge', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }) });
  const key = await iam('CreateAccessKey');

  const footfall = await Footfall.start({
    FOOTFALL_CDN_PURGE: `cloudfront:${distribution}?endpoint=${API}`,
    AWS_ACCESS_KEY_ID: within(key, 'AccessKeyId')[0],
    AWS_SECRET_ACCESS_KEY: within(key, 'SecretAccessKey')[0],
  });
  try {
    for (const domain of ['shop.example', 'blog.example']) {
      await footfall.command(['site', 'add', domain]);
      await footfall.command(['site', 'remove', domain, '--yes']);
    }
    const outcome = (name: string) => counted(footfall, 'footfall_purge_requests_total', 'kind="cloudfront"', `outcome="${name}"`);
    await eventually(async () => (await outcome('done')) + (await outcome('failed')) > 0, 30_000);
    expect([await outcome('done'), await outcome('failed')]).toEqual([1, 0]);

    await unchecked(9);
    const all = await amazon('cloudfront', `/2020-05-31/distribution/${distribution}/invalidation`);
    const [one, ...more] = within(all, 'InvalidationSummary').flatMap((summary) => within(summary, 'Id'));
    expect(more, 'both sites are in one').toEqual([]);
    const paths = within(await amazon('cloudfront', `/2020-05-31/distribution/${distribution}/invalidation/${one}`), 'Path');
    const below = (domain: string) => ['embed', 'counter', 'api/sites', 'api/stats'].map((top) => `/${top}/${domain}/*`);
    const of = (domain: string) => [`/${domain}*`, `/share/${domain}*`, ...below(domain)];
    expect(paths).toEqual([...of('shop.example'), ...of('blog.example')]);
  } finally {
    await footfall.stop();
  }
});
