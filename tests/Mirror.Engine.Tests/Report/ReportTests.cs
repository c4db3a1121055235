using Mirror.Engine.Errors;
using Mirror.Engine.Report;
using Xunit;

namespace Mirror.Engine.Tests.Report;

public sealed class ReportTests
{
    private static readonly string Ones = new('1', 64);
    private static readonly string Twos = new('2', 64);

    private static readonly string PlanMembers = $$"""
        "source": "registry.example/edition",
        "images": 2,
        "bytes": 3005000,
        "downloadBytes": 1500200,
        "planRequests": 7,
        "archives": [
          {
            "name": "module-x.tar",
            "bytes": 1502208,
            "layouts": [
              {
                "path": "",
                "images": [
                  {
                    "repository": "ee/modules/x",
                    "tag": "{{Twos}}",
                    "digest": "sha256:{{Twos}}",
                    "mediaType": "application/vnd.oci.image.manifest.v1+json",
                    "bytes": 1500100,
                    "reason": "test of "
                  }
                ]
              }
            ]
          },
          {
            "name": "platform.tar",
            "bytes": 1502208,
            "layouts": [
              {
                "path": "",
                "images": [
                  {
                    "repository": "ee",
                    "tag": "v1.69.0",
                    "digest": "sha256:{{Ones}}",
                    "mediaType": "application/vnd.oci.image.manifest.v1+json",
                    "bytes": 1500100,
                    "reason": "test of v1.69.0"
                  }
                ]
              }
            ]
          }
        ],
        "files": [
          {
            "name": "deckhousereleases.yaml",
            "bytes": 584
          }
        ],
        "notes": [
          {
            "code": "D8M3101",
            "message": "No \"databases\" here.",
            "advice": "Switch them off."
          }
        ]
        """;

    [Fact]
    public void A_plan_as_json() => Assert.Equal(
        """
        {
          "format": "deckhouse-mirror-plan/1",
          "verb": "plan",
          "result": "succeeded",
          "started": "1970-01-01T00:00:00Z",
          "finished": "1970-01-01T00:01:01.2345678Z",
          "seconds": 61.235,
          "tool": "1.2.3",
          "faults": [],

        """ + Indent(PlanMembers, "  ") + "\n}\n",
        ReportJson.Render(SmallPlan.Planned, SmallPlan.Plan, null));

    [Fact]
    public void A_report_as_json()
    {
        const string head = """
            {
              "format": "deckhouse-mirror-report/1",
              "verb": "pull",
              "result": "succeeded",
              "started": "1970-01-01T00:00:00Z",
              "finished": "1970-01-01T00:01:01.2345678Z",
              "seconds": 61.235,
              "tool": "1.2.3",
              "faults": [],
              "requests": 9,
              "transferredBytes": 1500200,
              "files": [
                {
                  "name": "platform.tar",
                  "bytes": 1502208,
                  "images": 1
                }
              ],
              "believedArchives": [],
              "warnings": [
                {
                  "code": "D8M3101",
                  "message": "No \"databases\" here.",
                  "advice": "Switch them off."
                }
              ],
              "plan": {

            """;

        Assert.Equal(
            head + Indent(PlanMembers, "    ") + "\n  }\n}\n",
            ReportJson.Render(SmallPlan.Pulled, SmallPlan.Report));
    }

    [Theory]
    [InlineData(MirrorVerb.Pull, "pull", "Pull of here", "Pulled 2 images in 2 archives", "Downloaded")]
    [InlineData(MirrorVerb.Push, "push", "Push of here to there", "Pushed 0 tags to there", "Sent")]
    [InlineData(MirrorVerb.Sync, "sync", "Sync of here to there", "Synced 0 tags to there", "Sent")]
    [InlineData(MirrorVerb.Verify, "verify", "Verification of here", "Verified 2 images in 2 archives", "Hashed")]
    public void A_report_tells_its_verb_whatever_it_moved(
        MirrorVerb verb, string name, string title, string headline, string fact)
    {
        MirrorReport report = SmallPlan.Report with
        {
            Verb = verb,
            Plan = SmallPlan.Plan with { Source = "here", Target = "there" },
            Requests = 0,
        };

        RunOutcome outcome = SmallPlan.Pulled with { Verb = verb };
        string json = ReportJson.Render(outcome, report);
        string markdown = ReportMarkdown.Render(outcome, report);
        string page = ReportHtml.Render(outcome, report);

        Assert.Contains($"\"verb\": \"{name}\",", json, StringComparison.Ordinal);
        Assert.Equal(fact == "Sent", json.Contains("\"sentBlobs\"", StringComparison.Ordinal));
        Assert.StartsWith($"# {title}\n", markdown, StringComparison.Ordinal);
        Assert.Contains($"\n- Verb: {name}\n", markdown, StringComparison.Ordinal);
        Assert.Contains($"<h1>{title}</h1>", page, StringComparison.Ordinal);
        Assert.Contains($"<dt>Verb</dt><dd>{name}</dd>", page, StringComparison.Ordinal);
        Assert.Contains(fact, page, StringComparison.Ordinal);
        Assert.StartsWith(headline, ReportSummary.Create(report).Headline, StringComparison.Ordinal);
        Assert.Equal(ReportSummary.Create(report).Headline, report.ToString());
    }

    [Fact]
    public void A_plan_as_markdown() => Assert.Equal(
        $"""
        # Plan of registry.example/edition

        - Result: succeeded
        - Verb: plan
        - Started: 1970-01-01 00:00:00Z
        - Finished: 1970-01-01 00:01:01Z
        - Tool: Deckhouse Mirror 1.2.3

        | archive | images | size |
        |---|---:|---:|
        | module-x.tar | 1 | 1.5 MB |
        | platform.tar | 1 | 1.5 MB |
        | deckhousereleases.yaml | - | 584 B |
        | **total** | 2 | 3.0 MB |

        - D8M3101: No "databases" here. Switch them off.

        | archive | versions | channels |
        |---|---|---|
        | platform.tar | v1.69.0 |  |

        ## module-x.tar

        | image | digest | why |
        |---|---|---|
        | ee/modules/x:{Twos} | sha256:{Twos} | test of  |

        ## platform.tar

        | image | digest | why |
        |---|---|---|
        | ee:v1.69.0 | sha256:{Ones} | test of v1.69.0 |


        """,
        ReportMarkdown.Render(SmallPlan.Planned, SmallPlan.Plan, null));

    [Fact]
    public void A_report_as_markdown_says_what_the_run_took()
    {
        string text = ReportMarkdown.Render(SmallPlan.Pulled, SmallPlan.Report);
        string plan = ReportMarkdown.Render(SmallPlan.Planned, SmallPlan.Plan, null);

        Assert.StartsWith("# Pull of registry.example/edition\n", text, StringComparison.Ordinal);
        Assert.Contains("\n1.5 MB downloaded with 9 requests in 61.2 s.\n", text, StringComparison.Ordinal);
        Assert.EndsWith(
            plan[plan.IndexOf("## ", StringComparison.Ordinal)..], text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_as_lines_has_aligned_columns() => Assert.Equal(
        [
            "Plan for registry.example/edition:",
            "  archive                 images    size  versions  channels",
            "  module-x.tar                 1  1.5 MB",
            "  platform.tar                 1  1.5 MB  v1.69.0",
            "  deckhousereleases.yaml       -   584 B",
            "  total                        2  3.0 MB",
            "1.5 MB to download in 3 blobs, each once.",
        ],
        PlanTable.Lines(SmallPlan.Plan));

    [Fact]
    public void What_is_new_is_told_in_json_and_markdown()
    {
        MirrorReport report = SmallPlan.Report with { Changes = SmallPlan.Changes };

        Assert.Contains(
            $$"""
              "changes": {
                "added": [
                  {
                    "archive": "module-x.tar",
                    "path": "",
                    "tag": "{{Twos}}",
                    "digest": "sha256:{{Twos}}"
                  }
                ],
                "moved": [
                  {
                    "archive": "platform.tar",
                    "path": "",
                    "tag": "v1.69.0",
                    "digest": "sha256:{{Ones}}",
                    "was": "sha256:{{Twos}}"
                  }
                ],
                "gone": [
                  {
                    "archive": "platform.tar",
                    "path": "install",
                    "tag": "v1.0.0",
                    "was": "sha256:{{Ones}}"
                  }
                ]
              },
            """,
            ReportJson.Render(SmallPlan.Pulled, report),
            StringComparison.Ordinal);
        Assert.Contains(
            $"""
            Since the bundle that was here: 1 tag new, 1 moved, 1 gone.

            | | image | archive |
            |---|---|---|
            | moved | v1.69.0 | platform.tar |
            | gone | install:v1.0.0 | platform.tar |

            and 1 more

            """,
            ReportMarkdown.Render(SmallPlan.Pulled, report),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_of_others_have_no_power_over_markdown()
    {
        MirrorPlan plan = SmallPlan.Hostile("a|b <img src=x> [l](http://h) `c`\nd");

        string text = ReportMarkdown.Render(SmallPlan.Planned, plan, null);

        Assert.Contains(@"a\|b &lt;img src=x&gt; \[l\](http://h) \`c\` d", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", text, StringComparison.Ordinal);
    }

    private static string Indent(string text, string by) =>
        string.Join('\n', text.Split('\n').Select(line => by + line));
}
