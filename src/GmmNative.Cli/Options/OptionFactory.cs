using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace GmmNative.Cli.Options;

/// <summary>Creates options. Their errors use the terms of the command line, not names of .NET types.</summary>
internal static class OptionFactory
{
    /// <summary>Creates an option for a number in a range; its value is <see langword="null"/> if the option is not given.</summary>
    public static Option<T?> Number<T>(string name, string helpName, string description, T minimum, T maximum)
        where T : struct, INumber<T>, IMinMaxValue<T>
    {
        string kind = T.IsInteger(T.One / (T.One + T.One)) ? "a whole number" : "a number";
        string range = maximum == T.MaxValue ? minimum == T.MinValue ? "" : $" of at least {minimum}" : $" from {minimum} to {maximum}";
        return new Option<T?>(name)
        {
            HelpName = helpName,
            Description = description,
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                if (T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out T value) && value >= minimum && value <= maximum)
                {
                    return value;
                }

                result.AddError($"{name}: '{text}' is not {kind}{range}");
                return null;
            },
        };
    }

    /// <summary>
    /// Creates an option for a positive finite number; its value is <see langword="null"/> if the option is not given.
    /// </summary>
    public static Option<double?> PositiveNumber(string name, string helpName, string description) => new(name)
    {
        HelpName = helpName,
        Description = description,
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
                && value > 0 && double.IsFinite(value))
            {
                return value;
            }

            result.AddError($"{name}: '{text}' is not a positive number");
            return null;
        },
    };

    /// <summary>
    /// Creates an option for a number, or a percentage from 0 to 100; its value is <see langword="null"/> if the option is not given.
    /// </summary>
    public static Option<Amount?> NumberOrPercent(string name, string helpName, string description, double minimum = 0) => new(name)
    {
        HelpName = helpName,
        Description = description,
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            bool isPercent = text.EndsWith('%');
            (double lower, double upper) = isPercent ? (0, 100) : (minimum, double.MaxValue);
            string number = isPercent ? text[..^1] : text;
            if (double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
                && value >= lower && value <= upper)
            {
                return new Amount(value, isPercent);
            }

            string range = minimum == double.MinValue ? "" : $" of at least {minimum}";
            result.AddError($"{name}: '{text}' is neither a number{range} nor a percentage from 0% to 100%");
            return null;
        },
    };

    /// <summary>
    /// Creates an option for a number in a range, or a word that stands for <typeparamref name="T"/>'s NaN; its value is
    /// <see langword="null"/> if the option is not given.
    /// </summary>
    public static Option<T?> NumberOrWord<T>(string name, string helpName, string description, T minimum, T maximum, string word)
        where T : struct, IFloatingPointIeee754<T>, IMinMaxValue<T>
    {
        return new Option<T?>(name)
        {
            HelpName = helpName,
            Description = description,
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                if (string.Equals(text, word, StringComparison.OrdinalIgnoreCase))
                {
                    return T.NaN;
                }

                if (T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out T value) && value >= minimum && value <= maximum)
                {
                    return value;
                }

                result.AddError($"{name}: '{text}' is neither a number from {minimum} to {maximum} nor {word}");
                return null;
            },
        };
    }

    /// <summary>Creates an option for one of several words; its value is <see langword="null"/> if the option is not given.</summary>
    public static Option<T?> Choice<T>(string name, string description, params (string Word, T Value)[] choices)
        where T : struct, Enum => Choice(name, description, choices, synonyms: []);

    /// <summary>
    /// Creates an option for one of several words, with other words that are accepted but not listed; its value is <see langword="null"/>
    /// if the option is not given.
    /// </summary>
    public static Option<T?> Choice<T>(
        string name, string description, IReadOnlyList<(string Word, T Value)> choices, IReadOnlyList<(string Word, T Value)> synonyms)
        where T : struct, Enum
    {
        string words = string.Join('|', choices.Select(c => c.Word));
        return new Option<T?>(name)
        {
            HelpName = words,
            Description = description,
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                foreach ((string word, T value) in choices.Concat(synonyms))
                {
                    if (string.Equals(word, text, StringComparison.OrdinalIgnoreCase))
                    {
                        return value;
                    }
                }

                result.AddError($"{name}: '{text}' is not one of {words.Replace("|", ", ", StringComparison.Ordinal)}");
                return null;
            },
        };
    }

    /// <summary>Creates an option for a comma-separated list of words; its value is <see langword="null"/> if the option is not
    /// given.</summary>
    /// <returns>The option. Its value is the list of the values of the words.</returns>
    public static Option<T[]?> Choices<T>(string name, string description, params (string Word, T Value)[] choices)
        where T : struct, Enum => Choices(name, description, choices, synonyms: []);

    /// <summary>
    /// Creates an option for a comma-separated list of words, with other words that are accepted but not listed; its value is
    /// <see langword="null"/> if the option is not given.
    /// </summary>
    public static Option<T[]?> Choices<T>(
        string name, string description, IReadOnlyList<(string Word, T Value)> choices, IReadOnlyList<(string Word, T Value)> synonyms)
        where T : struct, Enum => new(name)
        {
            HelpName = string.Join(',', choices.Select(c => c.Word)),
            Description = description,
            CustomParser = result =>
            {
                string[] words = result.Tokens[0].Value.Split(',', StringSplitOptions.TrimEntries);
                (string Word, T Value)[] known = [.. choices, .. synonyms];
                T[] values = new T[words.Length];
                for (int i = 0; i < words.Length; i++)
                {
                    int index = Array.FindIndex(known, c => string.Equals(c.Word, words[i], StringComparison.OrdinalIgnoreCase));
                    if (index < 0)
                    {
                        string listed = string.Join(", ", choices.Select(c => c.Word));
                        result.AddError($"{name}: '{words[i]}' is not one of {listed}; separate several with commas");
                        return null;
                    }

                    values[i] = known[index].Value;
                }

                return values;
            },
            Arity = ArgumentArity.ExactlyOne,
        };

    /// <summary>
    /// Creates an option for a comma-separated list of positive whole numbers; its value is <see langword="null"/> if the option is not
    /// given.
    /// </summary>
    public static Option<int[]?> PositiveNumbers(string name, string helpName, string description) => new(name)
    {
        HelpName = helpName,
        Description = description,
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            string[] parts = text.Split(',');
            int[] numbers = new int[parts.Length];
            for (int i = 0; i < parts.Length; i++)
            {
                if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]) || numbers[i] < 1)
                {
                    result.AddError($"{name}: '{text}' is not a comma-separated list of whole numbers of at least 1, like 2,2");
                    return null;
                }
            }

            return numbers;
        },
        Arity = ArgumentArity.ExactlyOne,
    };

    /// <summary>Creates an option for columns of a model, which can be repeated; read it with <see cref="Repeated"/>.</summary>
    public static Option<string[]?> Columns(string name, string description) => new(name)
    {
        HelpName = "NAMES|NUMBERS",
        Description = description,
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    /// <summary>Returns the values of an option that can be repeated, or <see langword="null"/> if the option is not given.</summary>
    public static T[]? Repeated<T>(ParseResult parse, Option<T[]?> option) =>
        parse.GetValue(option) is { Length: > 0 } values ? values : null;

    /// <summary>Creates an option for a file name; its value is <see langword="null"/> if the option is not given.</summary>
    public static Option<string?> File(string name, string helpName, string description, params string[] aliases)
    {
        Option<string?> option = new(name, aliases) { HelpName = helpName, Description = description };
        option.Validators.Add(result =>
        {
            foreach (Token token in result.Tokens)
            {
                if (token.Value.Length == 0)
                {
                    result.AddError($"{name}: '' is not a file name");
                }
                else if (IsLikeAnOption(token.Value))
                {
                    result.AddError($"{name}: '{token.Value}' is not a file name (write ./{token.Value} if it is)");
                }
            }
        });
        return option;
    }

    /// <summary>
    /// Whether an argument looks like an option: it starts with a dash but is not the single dash for standard input or output.
    /// </summary>
    public static bool IsLikeAnOption(string token) => token.Length > 1 && token[0] == '-';
}
