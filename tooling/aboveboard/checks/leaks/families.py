"""The token families: how each begins, its shape, and whose it is. Patterns of our own.

The prefixes are those that the services publish for scanners; lengths are a little wider than today's,
because services change them. What has no prefix is known by the name beside it (`named`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from aboveboard.checks.leaks.text import compiled

PRIVATE_KEY, TOKEN = "LK001", "LK002"
# No token of a family has fewer characters; a Slack token may have as few.
SHORTEST = 15


@dataclass(frozen=True, slots=True)
class Family:
    """`signs`: literals of which every token has one. `mixed`: it has digits and letters."""

    name: str
    signs: tuple[str, ...]
    shape: str
    mixed: bool = True
    code: str = TOKEN

    @property
    def pattern(self) -> re.Pattern[str]:
        """The pattern of its tokens, which few runs ever need."""
        return compiled(self.shape)


def _family(name: str, signs: str, shape: str, mixed: bool = True, code: str = TOKEN) -> Family:
    # A token ends where its letters end: a longer word is something else.
    return Family(name, tuple(signs.split()), rf"(?<![A-Za-z0-9])(?:{shape})", mixed, code)


_W = r"[A-Za-z0-9_-]"
_A = r"[A-Za-z0-9]"
_H = r"[A-Fa-f0-9]"
_B = r"[A-Za-z0-9+/]"
_UUID = rf"{_H}{{8}}-{_H}{{4}}-{_H}{{4}}-{_H}{{4}}-{_H}{{12}}"
_END = r"(?![A-Za-z0-9])"

FAMILIES: tuple[Family, ...] = (
    _family("AWS access key", "AKIA ASIA ABIA ACCA", rf"A(?:KI|SI|BI|CC)A[A-Z0-9]{{16}}{_END}"),
    _family("AWS Bedrock key", "ABSK", rf"ABSK{_B}{{80,200}}={{0,2}}"),
    _family("GitHub token", "ghp_ gho_ ghu_ ghs_ ghr_", rf"gh[pousr]_{_A}{{30,255}}"),
    _family("GitHub token", "github_pat_", r"github_pat_[A-Za-z0-9_]{50,255}"),
    _family("GitLab token", "glpat- glptt- gldt- glrt- glrtr- glcbt- glimt- glft- glffct- glagent- gloas- "
            "glsoat- glwt-",
            r"gl(?:pat|ptt|dt|rt|rtr|cbt|imt|ft|ffct|agent|oas|soat|wt)-[A-Za-z0-9_.=-]{18,300}", mixed=False),
    _family("GitLab runner token", "GR1348941", rf"GR1348941{_W}{{20}}"),
    _family("Slack token", "xox", r"xox[a-z](?:\.xox[a-z])?-[A-Za-z0-9%-]{10,250}"),
    _family("Slack app token", "xapp-", r"xapp-\d-[A-Za-z0-9]{5,20}-[A-Za-z0-9-]{20,120}"),
    _family("Slack webhook", "hooks.slack",
            r"hooks\.slack(?:-gov)?\.com/(?:services|workflows|triggers)/[A-Za-z0-9/_+-]{20,120}"),
    _family("Stripe key", "sk_live_ rk_live_ sk_test_ rk_test_ sk_prod_ rk_prod_",
            rf"[rs]k_(?:live|test|prod)_{_A}{{10,250}}"),
    _family("webhook signing secret", "whsec_", r"whsec_[A-Za-z0-9+/=_-]{20,100}"),
    _family("Google API key", "AIza", rf"AIza{_W}{{33,37}}"),
    _family("Google OAuth secret", "GOCSPX-", rf"GOCSPX-{_W}{{20,40}}"),
    _family("Google OAuth token", "ya29.", r"ya29\.[A-Za-z0-9_.-]{20,1000}"),
    _family("Google refresh token", "1//0", rf"1//0{_W}{{30,200}}"),
    _family("npm token", "npm_", rf"npm_{_A}{{30,40}}{_END}"),
    _family("PyPI token", "pypi-", rf"pypi-{_W}{{50,300}}"),
    _family("RubyGems key", "rubygems_", rf"rubygems_{_H}{{40,64}}"),
    _family("crates.io token", "cio", rf"cio{_A}{{32}}{_END}"),
    _family("Docker token", "dckr_", rf"dckr_[a-z]{{3,5}}_{_W}{{20,80}}"),
    _family("Heroku key", "HRKU-", rf"HRKU-{_W}{{30,80}}"),
    _family("DigitalOcean token", "dop_v1_ doo_v1_ dor_v1_ dot_v1_", rf"do[oprt]_v1_{_H}{{40,80}}"),
    _family("Twilio key", "SK", rf"SK[0-9a-f]{{32}}{_END}"),
    _family("SendGrid key", "SG.", rf"SG\.{_W}{{16,32}}\.{_W}{{16,64}}"),
    _family("Mailgun key", "key-", rf"key-[a-z0-9]{{32}}{_END}"),
    _family("Mailgun key", "-", r"[a-f0-9]{32}-[a-f0-9]{8}-[a-f0-9]{8}(?![A-Za-z0-9-])"),
    _family("Mailchimp key", "-us", rf"[0-9a-f]{{32}}-us\d{{1,2}}{_END}"),
    _family("Brevo key", "xkeysib- xsmtpsib-", rf"x(?:key|smtp)sib-[a-f0-9]{{64}}-{_A}{{16}}"),
    _family("Resend key", "re_", rf"re_{_A}{{8}}_{_A}{{20,30}}{_END}"),
    _family("Telegram bot token", ":", rf"(?:bot)?\d{{8,10}}:(?={_W}{{0,34}}[A-Z])(?={_W}{{0,34}}\d){_W}{{35}}"
                                       rf"(?![A-Za-z0-9_-])"),
    _family("Discord token", ".", rf"[MNO]{_W}{{22,27}}\.{_W}{{6,7}}\.{_W}{{27,40}}{_END}"),
    _family("Discord webhook", "/webhooks/",
            rf"discord(?:app)?\.com/api/(?:v\d{{1,2}}/)?webhooks/\d{{15,21}}/{_W}{{40,100}}"),
    _family("Teams webhook", "webhook.office.com", r"webhook\.office\.com/webhookb2/[A-Za-z0-9@/_-]{40,250}"),
    _family("Zapier webhook", "hooks.zapier.com", rf"hooks\.zapier\.com/hooks/catch/\d{{4,10}}/{_A}{{6,20}}"),
    _family("Azure storage key", "AccountKey=", rf"AccountKey={_B}{{40,120}}={{0,2}}"),
    _family("Azure shared access key", "SharedAccessKey=", rf"SharedAccessKey={_B}{{40,120}}={{0,2}}"),
    _family("Azure signed address", "sig=", r"sig=[A-Za-z0-9%+/]{38,120}={0,2}"),
    _family("Azure function key", "code=", rf"code={_W}{{50,80}}={{1,2}}"),
    _family("Azure client secret", "Q~", r"[A-Za-z0-9_~.-]{3}\dQ~[A-Za-z0-9_~.-]{31,34}"),
    _family("Azure DevOps token", "AZDO", rf"{_A}{{70,84}}AZDO{_A}{{4}}{_END}"),
    _family("Anthropic key", "sk-ant-", rf"sk-ant-{_W}{{20,150}}"),
    _family("OpenAI key", "sk-", rf"sk-(?:{_A}{{30,80}}|(?:proj|svcacct|admin|None|or-v1|lf)-{_W}{{20,250}})"),
    _family("Groq key", "gsk_", rf"gsk_{_A}{{40,64}}"),
    _family("xAI key", "xai-", rf"xai-{_A}{{60,100}}"),
    _family("Perplexity key", "pplx-", rf"pplx-{_A}{{40,64}}"),
    _family("Replicate token", "r8_", rf"r8_{_A}{{30,45}}{_END}"),
    _family("LangSmith key", "lsv2_", rf"lsv2_(?:pt|sk)_{_H}{{32}}_{_H}{{8,12}}"),
    _family("Pinecone key", "pcsk_", r"pcsk_[A-Za-z0-9_]{40,100}"),
    _family("ElevenLabs key", "sk_", rf"sk_{_H}{{48}}{_END}"),
    _family("Hugging Face token", "hf_ api_org_", rf"(?:hf|api_org)_{_A}{{30,45}}{_END}", mixed=False),
    _family("Databricks token", "dapi dose", rf"(?:dapi|dose){_H}{{32}}(?:-\d)?{_END}"),
    _family("Vault token", "hvs. hvb. hvr.", rf"hv[sbr]\.{_W}{{20,300}}"),
    _family("Terraform token", ".atlasv1.", rf"{_A}{{14}}\.atlasv1\.[A-Za-z0-9_=-]{{40,90}}"),
    _family("Grafana token", "glsa_ glc_", r"gl(?:sa|c)_[A-Za-z0-9+/=_]{30,250}"),
    _family("Grafana key", "eyJrIjoi", rf"eyJrIjoi{_A}{{60,250}}={{0,2}}"),
    _family("New Relic key", "NRAK- NRJS- NRII- NRRA- NRIQ- NRAA-", rf"NR(?:AK|JS|II|RA|IQ|AA)-{_W}{{18,45}}"),
    _family("New Relic licence key", "NRAL", rf"{_H}{{36}}NRAL{_END}"),
    _family("Sentry token", "sntrys_ sntryu_", r"sntry[su]_[A-Za-z0-9+/=_-]{40,400}"),
    _family("Sentry address", "@", rf"[a-f0-9]{{32}}(?::[a-f0-9]{{32}})?@[A-Za-z0-9.-]{{3,80}}/\d{{1,20}}{_END}"),
    _family("Shopify token", "shpat_ shpca_ shppa_ shpss_ shptka_", rf"shp(?:at|ca|pa|ss|tka)_{_H}{{30,40}}"),
    _family("Square token", "sq0", rf"sq0[a-z]{{3}}-{_W}{{22,50}}"),
    _family("Square token", "EAAA", rf"(?<![+])EAAA{_W}{{56,64}}(?![A-Za-z0-9+/=])"),
    _family("PayPal token", "access_token$", rf"access_token\$(?:production|sandbox)\$[a-z0-9]{{16}}\${_H}{{32}}"),
    _family("Facebook token", "EAA", rf"(?<![+])EAA[A-Z]{_A}{{40,250}}(?![A-Za-z0-9+/=])"),
    _family("Twitter token", "AAAAAAAAAAAAAAAAAA", r"(?<![+])A{18,24}[A-Za-z0-9%]{50,120}(?![A-Za-z0-9+/=])"),
    _family("LinkedIn secret", "WPL_AP", r"WPL_AP\d\.[A-Za-z0-9]{10,30}\.[A-Za-z0-9+/=]{6,20}"),
    _family("Linear key", "lin_api_ lin_oauth_", rf"lin_(?:api|oauth)_{_A}{{32,80}}"),
    _family("Notion token", "secret_", rf"secret_{_A}{{40,50}}{_END}"),
    _family("Notion token", "ntn_", rf"ntn_{_A}{{40,60}}"),
    _family("Airtable token", "pat", rf"pat{_A}{{14}}\.{_H}{{40,80}}"),
    _family("HubSpot token", "pat-", rf"pat-(?:na|eu)\d-{_UUID}"),
    _family("Asana token", "/", rf"[0-2]/\d{{12,20}}(?:/\d{{12,20}})?:{_H}{{32}}"),
    _family("Atlassian token", "ATATT3 ATCTT3", r"AT[AC]TT3[A-Za-z0-9_=-]{40,300}"),
    _family("Bitbucket password", "ATBB", rf"ATBB{_A}{{24,40}}"),
    _family("Figma token", "figd_ figo_ figu_ figr_ figp_", rf"fig[dourp]_{_W}{{30,60}}"),
    _family("Dropbox token", "sl.", r"sl\.(?:u\.)?[A-Za-z0-9_-]{60,1500}"),
    _family("Doppler token", "dp.", rf"dp\.(?:pt|st|ct|sa|scim|audit)\.(?:[a-z0-9_-]{{2,35}}\.)?{_A}{{40,44}}"),
    _family("Pulumi token", "pul-", rf"pul-{_H}{{40}}"),
    _family("PlanetScale token", "pscale_", r"pscale_(?:tkn|oauth|pw|otkn)_[A-Za-z0-9_.=-]{30,80}"),
    _family("Cloudflare key", "v1.0-", rf"v1\.0-{_H}{{24}}-{_H}{{100,160}}"),
    _family("Cloudflare token", "cfut_ cfat_ cfk_", rf"cf(?:ut|at|k)_{_A}{{36,60}}"),
    _family("Netlify token", "nfp_ nfc_ nfo_ nfu_ nfb_", rf"nf[pcoub]_{_A}{{36,44}}"),
    _family("Vercel token", "vcp_ vci_ vca_ vcr_ vck_ vercel_blob_rw_",
            rf"(?:vc[piark]_{_A}{{24,64}}|vercel_blob_rw_{_A}{{10,20}}_{_A}{{24,40}})"),
    _family("Supabase key", "sbp_ sb_secret_", rf"(?:sbp_{_H}{{40}}|sb_secret_{_W}{{28,45}})"),
    _family("Fly.io token", "fm fo1_", r"(?:fm\d[ar]?_[A-Za-z0-9+/=_-]{40,2000}|fo1_[A-Za-z0-9_-]{43})"),
    _family("Tailscale key", "tskey-", r"tskey-[A-Za-z0-9-]{16,100}"),
    _family("1Password token", "ops_", r"ops_eyJ[A-Za-z0-9+/=_-]{40,2000}"),
    _family("1Password key", "A3-", r"A3-[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})(?:-[A-Z0-9]{5}){3}"),
    _family("JSON web token", "eyJ", r"(?<![_-])eyJ[A-Za-z0-9_-]{8,4000}\.eyJ[A-Za-z0-9_-]{8,"
                                     r"8000}\.[A-Za-z0-9_-]{10,2000}"),
    _family("Mapbox token", "sk.eyJ", r"sk\.eyJ[A-Za-z0-9_-]{20,300}\.[A-Za-z0-9_-]{20,40}"),
    _family("SonarQube token", "sqp_ squ_ sqa_", rf"sq[pua]_{_H}{{40}}"),
    _family("CircleCI token", "CCIPAT_ CCIPRJ_", rf"CCI(?:PAT|PRJ)_{_A}{{10,40}}_{_H}{{40}}"),
    _family("Buildkite token", "bkua_ bkaj_ bkrt_ bkpt_", r"bk(?:ua|aj|rt|pt)_[a-z0-9]{30,64}"),
    _family("Postman key", "PMAK-", rf"PMAK-{_H}{{24}}-{_H}{{34}}"),
    _family("Contentful token", "CFPAT-", rf"CFPAT-{_W}{{40,45}}"),
    _family("Typeform token", "tfp_", r"tfp_[A-Za-z0-9_.=-]{40,70}"),
    _family("Artifactory key", "AKCp", rf"AKCp{_A}{{60,80}}"),
    _family("EasyPost key", "EZAK EZTK", rf"EZ[AT]K{_A}{{54}}"),
    _family("Shippo token", "shippo_", rf"shippo_(?:live|test)_{_H}{{40}}"),
    _family("Alibaba key", "LTAI", rf"LTAI{_A}{{16,24}}{_END}"),
    _family("Tencent key", "AKID", rf"AKID{_A}{{32}}{_END}"),
    _family("Clojars token", "CLOJARS_", rf"CLOJARS_{_A}{{60}}"),
    _family("NuGet key", "oy2", rf"oy2[a-z0-9]{{43}}{_END}"),
    _family("LaunchDarkly key", "sdk- api-", rf"(?:sdk|api)-{_UUID}"),
    _family("Plaid token", "access-", rf"access-(?:sandbox|development|production)-{_UUID}"),
    _family("Aiven password", "AVNS_", rf"AVNS_{_W}{{16,40}}"),
    _family("Render key", "rnd_", rf"rnd_{_A}{{24,40}}{_END}"),
    _family("Neon key", "napi_", r"napi_[a-z0-9]{50,80}"),
    _family("PostHog key", "phx_", rf"phx_{_A}{{40,60}}"),
    _family("Dynatrace token", "dt0", r"dt0[a-z]\d{2}\.[A-Z0-9]{24}\.[A-Z0-9]{64}"),
    _family("Sourcegraph token", "sgp_", rf"sgp_(?:{_A}{{5,16}}_)?{_H}{{40}}"),
    _family("Octopus key", "API-", r"API-[A-Z0-9]{25,32}(?![A-Za-z0-9])"),
    _family("Infracost key", "ico-", rf"ico-{_A}{{32}}{_END}"),
    _family("ReadMe key", "rdme_", r"rdme_[a-z0-9]{60,80}"),
    _family("Prefect key", "pnu_", rf"pnu_{_A}{{36}}"),
    _family("Adobe secret", "p8e-", rf"p8e-{_A}{{32}}"),
    _family("age key", "AGE-SECRET-KEY-1", r"AGE-SECRET-KEY-1[0-9A-Z]{50,64}", code=PRIVATE_KEY),
    _family("private key", "LS0tLS1CRUdJTi",
            rf"LS0tLS1CRUdJTi(?:BSU0EgUFJJ|BQUklWQVR|BFQyBQUklW|BPUEVOU1NIIFBSSV|BQR1AgUFJJ|BEU0EgUFJJ|"
            rf"BFTkNSWVBU){_B}{{20,9000}}",
            code=PRIVATE_KEY),
)  # fmt: skip
