// Where the time of the tests goes, as the runner measured it: projects, and the classes that took longest. Tests that
// run side by side wait for each other's processor time, so the sums exceed the duration of the run.

void PrintTestTimes(DirectoryPath results, FilePath table)
{
    const int shown = 30;
    var classes = TestResults(results)
        .GroupBy(test => test.Attribute("type").Value)
        .Select(tests => (
            Name: tests.Key,
            Count: tests.Count(),
            Seconds: tests.Sum(test => double.Parse(test.Attribute("time").Value, CultureInfo.InvariantCulture))))
        .OrderByDescending(row => row.Seconds)
        .ToList();
    string[] names =
    [
        "Cake.DeckhouseMirror.Tests", "Deckhouse.Mirror.MSBuild.Tests", "Mirror.Engine.Tests", "Mirror.Hosting.Tests",
    ];
    var projects = names
        .Select(name => (Name: name, Classes: classes.Where(row => row.Name.StartsWith(name + ".")).ToList()))
        .Select(row => (row.Name, row.Classes.Sum(each => each.Count), row.Classes.Sum(each => each.Seconds)));

    string Row((string Name, int Count, double Seconds) row) =>
        FormattableString.Invariant($"{row.Seconds,9:0.0} s {row.Count,6} tests  {row.Name}");
    var lines = projects.Select(Row).Append("").Concat(classes.Select(Row)).ToList();
    System.IO.File.WriteAllLines(table.FullPath, lines);
    Console.WriteLine($"\nTime by project, and the slowest classes (all in {table}):");
    lines.Take(names.Length + 1 + shown).ToList().ForEach(Console.WriteLine);
}

// The failed tests, a line each, for whoever sees only the end of a log.
void KeepFailedTests(DirectoryPath results, FilePath list) => System.IO.File.WriteAllLines(
    list.FullPath,
    TestResults(results)
        .Where(test => test.Attribute("result").Value == "Fail")
        .Select(test => $"{test.Attribute("name").Value}: {FirstLine(test.Descendants("message"))}"));

IEnumerable<System.Xml.Linq.XElement> TestResults(DirectoryPath results) => GetFiles($"{results}/*.xml")
    .SelectMany(file => System.Xml.Linq.XDocument.Load(file.FullPath).Descendants("test"));

string FirstLine(IEnumerable<System.Xml.Linq.XElement> messages) =>
    messages.Select(message => message.Value.Trim().Split('\n')[0].Trim()).FirstOrDefault("no message");
