using Mirror.Engine.Report;
using Xunit;

namespace Mirror.Engine.Tests.Report;

/// <summary>The record of a run that failed.</summary>
public sealed class FailedReportTests
{
    [Fact]
    public void A_failure_as_markdown_says_when_and_why() => Assert.Equal(
        """
        # Pull

        - Result: failed
        - Verb: pull
        - Started: 1970-01-01 00:00:00Z
        - Finished: 1970-01-01 00:01:01Z
        - Tool: Deckhouse Mirror 1.2.3

        Errors:

        - D8M2006: It refused the login. Set the licence.

        Warnings:

        - D8M2019: It is plain HTTP. Use TLS.


        """,
        ReportMarkdown.Render(SmallPlan.Failed));

    [Fact]
    public void A_failure_as_json_says_when_and_why() => Assert.Equal(
        """
        {
          "format": "deckhouse-mirror-report/1",
          "verb": "pull",
          "result": "failed",
          "started": "1970-01-01T00:00:00Z",
          "finished": "1970-01-01T00:01:01.2345678Z",
          "seconds": 61.235,
          "tool": "1.2.3",
          "faults": [
            {
              "code": "D8M2006",
              "message": "It refused the login.",
              "advice": "Set the licence.",
              "settings": [
                {
                  "member": "Source",
                  "value": "registry.example/edition"
                }
              ]
            }
          ],
          "warnings": [
            {
              "code": "D8M2019",
              "message": "It is plain HTTP.",
              "advice": "Use TLS."
            }
          ]
        }

        """,
        ReportJson.Render(SmallPlan.Failed));
}
